/**
 * Marks of a drawing that are pressed like buttons. One of them is reached by Tab, the others by the arrows, in their
 * order; every one has its equal in a table beside the drawing.
 */
// biome-ignore-all lint/a11y/useSemanticElements: a drawing has no buttons of its own
import type { ComponentChildren } from "preact";
import type { Size } from "../seeing/projection.ts";

const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
};

/** Where a key leads, sideways the other way round when the first mark stands on the right. */
const stepOf = (key: string, isReversed: boolean): number => {
  const step = STEPS[key] ?? 0;
  return isReversed && key !== "ArrowDown" && key !== "ArrowUp" ? -step : step;
};

function move(event: KeyboardEvent, isReversed: boolean): void {
  const step = stepOf(event.key, isReversed);
  const { currentTarget, target } = event;
  if (step === 0 || !(currentTarget instanceof Element)) return;
  const marks = [...currentTarget.querySelectorAll<SVGElement>("[role=button]")];
  const next = marks[marks.indexOf(target as SVGElement) + step];
  event.preventDefault();
  next?.focus();
}

/** A drawing with marks in it, under a name; in it left is left in every language. */
export function Marks({
  class: name,
  size,
  label,
  isReversed = false,
  children,
}: {
  readonly class: string;
  readonly size: Size;
  readonly label: string;
  readonly isReversed?: boolean;
  readonly children: ComponentChildren;
}) {
  return (
    <svg
      class={name}
      {...size}
      viewBox={`0 0 ${size.width} ${size.height}`}
      direction="ltr"
      role="group"
      aria-label={label}
      data-part={name}
      onKeyDown={(event) => move(event, isReversed)}
    >
      {children}
    </svg>
  );
}

/** One mark. `isFirst`: the one that Tab leads to. */
export function Mark({
  name,
  label,
  isFirst,
  isChosen,
  onPress,
  children,
}: {
  readonly name: string;
  readonly label: string;
  readonly isFirst: boolean;
  readonly isChosen: boolean;
  readonly onPress: () => void;
  readonly children: ComponentChildren;
}) {
  return (
    <g
      role="button"
      tabindex={isFirst ? 0 : -1}
      aria-pressed={isChosen}
      aria-label={label}
      class="drawn"
      data-mark-of={name}
      onClick={onPress}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        onPress();
      }}
    >
      <title>{label}</title>
      {children}
    </g>
  );
}
