/** What may be wider than the screen: it scrolls by itself, by keyboard as well. */
import type { ComponentChildren } from "preact";

export function Wide({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without the focus the arrows scroll something else
    <section class="wide" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
