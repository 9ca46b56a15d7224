/** Drawings for the three kinds of report, by the vocabulary's names. They only accompany words. */

const LINES: Readonly<Record<string, string>> = {
  walk: "M14 4.5a1.5 1.5 0 1 0-.1 0M9 21l2-6-2-3 2-4 3 1 2 3 3 1M11 15l3 2 1 4M9 9l-3 2v3",
  tent: "M12 5 3 20h18L12 5zM12 5l-1-2M12 5l1-2M12 12l-3.5 8M12 12l3.5 8",
  alert: "M12 3l8 3v5c0 5-3.5 8.5-8 10-4.5-1.5-8-5-8-10V6l8-3zM12 8v5M12 16v.5",
};

export function Icon({ name }: { name: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={LINES[name] ?? ""} />
    </svg>
  );
}
