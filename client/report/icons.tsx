/**
 * Drawings that accompany words, for those who read little. By the name that the vocabulary gives a kind, or by the code
 * of an option; the same thing is drawn the same way wherever it is asked.
 */

/** Outlines on a square of 24. */
const LINES: Readonly<Record<string, string>> = {
  walk: "M14 4.5a1.5 1.5 0 1 0-.1 0M9 21l2-6-2-3 2-4 3 1 2 3 3 1M11 15l3 2 1 4M9 9l-3 2v3",
  tent: "M12 5 3 20h18L12 5zM12 5l-1-2M12 5l1-2M12 12l-3.5 8M12 12l3.5 8",
  alert: "M12 3l8 3v5c0 5-3.5 8.5-8 10-4.5-1.5-8-5-8-10V6l8-3zM12 8v5M12 16v.5",
  calm: "M12 3l8 3v5c0 5-3.5 8.5-8 10-4.5-1.5-8-5-8-10V6l8-3zM8.5 12l2.5 2.5 4.5-5",
  house: "M4 11l8-7 8 7M6 10v10h12V10M10 20v-5h4v5",
  house_search: "M4 11l8-7 8 7M6 10v10h4M15 13a3 3 0 1 0 .1 0M17.5 18.5 20 21",
  flame: "M12 3c1 4 5 5 5 11a5 5 0 0 1-10 0c0-2 1-3 2-4 0 2 1 3 2 3 1-3 0-6 1-10z",
  clashes: "M12 2v6M12 16v6M2 12h6M16 12h6M5 5l4 4M15 15l4 4M19 5l-4 4M9 15l-4 4",
  shelling: "M12 2v8M9 7l3 3 3-3M4 21h16M8 18l-2-3M16 18l2-3M12 17v-3",
  ribbon: "M12 12 7 21M12 12l5 9M12 12c-5-5-5-9 0-9s5 4 0 9",
  bars: "M4 3h16v18H4zM8 3v18M12 3v18M16 3v18",
  missing:
    "M9 5a3 3 0 1 0 .1 0M3 20c0-5 3-7 6-7s4 1 5 3M16 9a2.3 2.3 0 1 1 3 2.2c-.8.4-.8 1-.8 1.6M18.2 16v.4",
  looting: "M3 10h10v10H3zM3 10l2-5h6l2 5M16 14h6M19 11l3 3-3 3",
  threat: "M4 4h16v12h-9l-4 4v-4H4zM12 7v4M12 13v.4",
  fear: "M12 3a9 9 0 1 0 .1 0M9 10v.4M15 10v.4M8.5 16.5c2-2.5 5-2.5 7 0",
  barrier: "M3 9h18v5H3zM6 14v7M18 14v7M8 9l-3 5M14 9l-3 5M20 9l-3 5",
  curfew: "M20 14A8.5 8.5 0 1 1 10 4a7 7 0 0 0 10 10z",
  closed: "M12 3a9 9 0 1 0 .1 0M7 12h10",
  protest: "M4 10v4l10 5V5L4 10zM17 9c1.5 1.5 1.5 4.5 0 6M7 16v4h3",
  explosive: "M10 9a6 6 0 1 0 .1 0M14 10l3-3M17 7c1-2 2-1 3-3",
  no_basics: "M12 3c4 5 6 7 6 11a6 6 0 0 1-12 0c0-4 2-6 6-11zM4 4l16 16",
  water: "M12 3c4 5 6 7 6 11a6 6 0 0 1-12 0c0-4 2-6 6-11z",
  food: "M3 12h18c0 5-4 8-9 8s-9-3-9-8zM9 8c0-2 2-2 2-4M14 8c0-2 2-2 2-4",
  medical: "M9 4h6v5h5v6h-5v5H9v-5H4V9h5z",
  baby: "M8 10h8v11H8zM9 10V7h6v3M11 7V3h2v4M8 14h3M8 17h3",
  warm: "M12 8a4 4 0 1 0 .1 0M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.5M17.5 17.5 19 19M19 5l-1.5 1.5M6.5 17.5 5 19",
  hygiene: "M3 9h10a4 4 0 0 1 4 4v1M8 9V5M5 5h6M17 17v1M17 20v1M3 7v4",
  tracing: "M10 4a6 6 0 1 0 .1 0M14.5 14.5 21 21M10 7a1.5 1.5 0 1 0 .1 0M7 13c1-2.5 5-2.5 6 0",
  road: "M5 21 9 3M19 21 15 3M12 4v3M12 10v3M12 16v3",
  school: "M4 21V11l8-4 8 4v10zM12 7V2l4 1.5L12 5M10 21v-5h4v5",
  columns: "M3 9l9-5 9 5zM6 9v9M10 9v9M14 9v9M18 9v9M3 20h18",
  worship: "M5 21v-8a7 7 0 0 1 14 0v8zM12 6V3M10 21v-4a2 2 0 0 1 4 0v4",
  unfinished: "M3 21h18M5 21V6h7v15M12 12h7v9M5 11h7M5 16h7",
  tree: "M12 21v-8M12 15l3-2M12 16a6 6 0 0 1-4-10 5 5 0 0 1 8 0 6 6 0 0 1-4 10zM6 21h12",
  flag: "M6 21V3M6 4h12l-3 4 3 4H6",
  camp: "M2 20l5-10 5 10zM12 20l5-10 5 10z",
  power: "M13 3 5 14h6l-1 7 8-11h-6z",
  woman: "M12 3a2.5 2.5 0 1 0 .1 0M12 8 7 17h10zM10 17v4M14 17v4",
  child: "M12 5a2.5 2.5 0 1 0 .1 0M8 12h8M12 10v6M12 16l-3 5M12 16l3 5",
  elderly: "M10 3a2.5 2.5 0 1 0 .1 0M10 9v6l-2 6M10 15l3 6M10 11l5 2M17 12v9",
  wheelchair: "M10 3a1.5 1.5 0 1 0 .1 0M10 7v6h5l3 6M7 11a5 5 0 1 0 7 6M10 10h4",
  plaster: "M4 14 14 4a4 4 0 0 1 6 6L10 20a4 4 0 0 1-6-6zM10 8l6 6M8 10l6 6",
  people:
    "M8 6a2.5 2.5 0 1 0 .1 0M16 6a2.5 2.5 0 1 0 .1 0M3 20c0-5 2-7 5-7s5 2 5 7M14 14c4-2 7 1 7 6",
  dots: "M6 12v.1M12 12v.1M18 12v.1",
};

/** Codes that are drawn like something else. */
const LIKE: Readonly<Record<string, string>> = {
  home_burned: "flame",
  arson: "flame",
  killing: "ribbon",
  killings: "ribbon",
  killed: "ribbon",
  detention: "bars",
  taken: "bars",
  threats: "threat",
  checkpoint: "barrier",
  checkpoints: "barrier",
  road_closed: "closed",
  blocked: "closed",
  shelter: "tent",
  tents: "tent",
  homes: "house",
  rented: "house",
  host_family: "people",
  public_building: "columns",
  collective: "columns",
  open_air: "tree",
  near_base: "flag",
  on_the_move: "walk",
  safe_passage: "road",
  toilets: "hygiene",
  women_space: "woman",
  young_children: "child",
  unaccompanied: "child",
  disability: "wheelchair",
  injured: "plaster",
  pregnant: "woman",
  other: "dots",
};

const linesOf = (name: string): string | undefined => LINES[LIKE[name] ?? name];

export const hasIcon = (name: string): boolean => linesOf(name) !== undefined;

/** The drawing of a kind or an option; nothing where there is none. */
export function Icon({ name }: { name: string }) {
  const lines = linesOf(name);
  return lines === undefined ? null : (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={lines} />
    </svg>
  );
}
