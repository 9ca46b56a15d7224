/**
 * Charts of a summary, drawn by ourselves so that they print and can be read out. Time runs as the language is read,
 * from right to left in Arabic, as in the chart of days. What is withheld is hatched, never drawn as nothing; fillings
 * tell parts apart without colour.
 */
import type { ComponentChildren } from "preact";
import { dayWords } from "../days.ts";
import { direction, useLang, useText } from "../text.ts";
import type { Figure } from "./figures.ts";
import { eventsWords } from "./words.ts";

const WIDTH = 260;
const HEIGHT = 120;
const HEAD = 18;
const FOOT = 20;
const TALL = HEIGHT - HEAD - FOOT;
const GAP = 3;
/** More columns than these have no room for numbers. */
const NUMBERED = 12;
/** Pixels of hatching over a bar that some of is withheld. */
const CAP = 9;

/** What the parts of a bar are filled with. */
export const FILLS = ["solid", "lines", "dots", "cross", "blank"] as const;
export type Fill = (typeof FILLS)[number];

/** The fillings, once in the document. */
export function Fills() {
  const tile = { width: 6, height: 6, patternUnits: "userSpaceOnUse" } as const;
  const turned = { ...tile, patternTransform: "rotate(45)" };
  return (
    <svg class="fills" width="0" height="0" aria-hidden="true">
      <defs>
        <pattern id="fill-lines" {...turned}>
          <path class="thread" d="M0 0V6M3 0V6" />
        </pattern>
        <pattern id="fill-dots" {...tile}>
          <circle class="dot" cx="3" cy="3" r="1.4" />
        </pattern>
        <pattern id="fill-cross" {...tile}>
          <path class="thread" d="M0 3H6M3 0V6" />
        </pattern>
        <pattern id="fill-withheld" {...turned}>
          <path class="thread" d="M1 0V6" />
        </pattern>
      </defs>
    </svg>
  );
}

const paint = (fill: Fill): { class: string; fill?: string } =>
  fill === "solid" || fill === "blank"
    ? { class: `part ${fill}` }
    : { class: "part", fill: `url(#fill-${fill})` };

export interface Point {
  readonly week: string;
  readonly figure: Figure;
}

/** Pixels that a week's bar and the hatching over it are high. */
interface Heights {
  readonly bar: number;
  readonly hatched: number;
}

function heightsOf({ state, sums, isPartial }: Figure, unit: number): Heights {
  if (state === "untold") return { bar: 0, hatched: 0 };
  if (state === "withheld") return { bar: 0, hatched: TALL / 2 };
  return { bar: (sums.events ?? 0) * unit, hatched: isPartial ? CAP : 0 };
}

/** The number over a bar; what is withheld has none. */
const NUMBERS: Readonly<Record<Figure["state"], (figure: Figure) => string>> = {
  told: ({ sums }) => String(sums.events ?? 0),
  withheld: () => "",
  untold: () => "·",
};

function Bar({
  figure,
  x,
  width,
  heights: { bar, hatched },
}: {
  readonly figure: Figure;
  readonly x: number;
  readonly width: number;
  readonly heights: Heights;
}) {
  const base = HEIGHT - FOOT;
  const place = { x: x + GAP, width: width - 2 * GAP };
  if (figure.state === "untold")
    return <path class="untold" d={`M${place.x} ${base - 1}h${place.width}`} />;
  return (
    <>
      <rect class="bar-part" {...place} y={base - bar} height={bar} />
      {hatched > 0 && (
        <rect class="hidden-part" {...place} y={base - bar - hatched} height={hatched} />
      )}
    </>
  );
}

function Bars({ points, most }: { readonly points: readonly Point[]; readonly most: number }) {
  const isReversed = direction(useLang()) === "rtl";
  const width = WIDTH / points.length;
  const unit = (TALL - CAP) / Math.max(most, 1);
  return (
    <>
      {points.map(({ week, figure }, at) => {
        const x = isReversed ? WIDTH - (at + 1) * width : at * width;
        const heights = heightsOf(figure, unit);
        const y = HEIGHT - FOOT - heights.bar - heights.hatched - 4;
        return (
          <g key={week} data-week={week} data-state={figure.state}>
            <Bar figure={figure} x={x} width={width} heights={heights} />
            {points.length <= NUMBERED && (
              <text x={x + width / 2} y={y}>
                {NUMBERS[figure.state](figure)}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}

/** The first and the last week under the line. */
function Ends({ points }: { readonly points: readonly Point[] }) {
  const lang = useLang();
  const isReversed = direction(lang) === "rtl";
  const [first, last] = [points[0]?.week ?? "", points.at(-1)?.week ?? ""];
  const [left, right] = isReversed ? [last, first] : [first, last];
  return (
    <g class="axis">
      <path d={`M0 ${HEIGHT - FOOT}H${WIDTH}`} />
      <text x={0} y={HEIGHT - 5} class="starts">
        {dayWords(left, lang)}
      </text>
      {left !== right && (
        <text x={WIDTH} y={HEIGHT - 5} class="ends">
          {dayWords(right, lang)}
        </text>
      )}
    </g>
  );
}

/** Events by week; `most` is what the highest of all charts beside one another has. */
export function TrendChart({
  name,
  mark,
  title,
  points,
  most,
}: {
  readonly name: string;
  readonly mark?: string;
  readonly title: ComponentChildren;
  readonly points: readonly Point[];
  readonly most: number;
}) {
  const lang = useLang();
  const words = points.map(
    ({ week, figure }) => `${dayWords(week, lang)}: ${eventsWords(figure, lang)}`,
  );
  return (
    <figure class="chart" data-chart={name} data-shape={mark}>
      <figcaption>{title}</figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        direction="ltr"
        role="img"
        aria-label={words.join(lang === "ar" ? "؛ " : "; ")}
      >
        <Bars points={points} most={most} />
        <Ends points={points} />
      </svg>
    </figure>
  );
}

export interface Part {
  readonly name: string;
  readonly words: string;
  readonly number: number;
  readonly fill: Fill;
}

const SWATCH = 14;
const THICK = 22;

/** Parts of a whole along a bar, with their numbers below it, which say the same. */
export function PartsChart({
  name,
  parts,
}: {
  readonly name: string;
  readonly parts: readonly Part[];
}) {
  const t = useText();
  const isReversed = direction(useLang()) === "rtl";
  const total = parts.reduce((sum, { number }) => sum + number, 0);
  if (total === 0) return <p class="fine">{t("chart_nothing")}</p>;
  let done = 0;
  return (
    <div class="parts" data-chart={name}>
      <svg viewBox={`0 0 ${WIDTH} ${THICK}`} direction="ltr" aria-hidden="true">
        {parts.map(({ name: part, number, fill }) => {
          const width = (number * WIDTH) / total;
          const x = isReversed ? WIDTH - done - width : done;
          done += width;
          return <rect key={part} {...paint(fill)} x={x} y={1} width={width} height={THICK - 2} />;
        })}
      </svg>
      <ul class="legend">
        {parts.map(({ name: part, words, number, fill }) => (
          <li key={part} data-part-of={part}>
            <svg class="glyph" width={SWATCH} height={SWATCH} aria-hidden="true">
              <rect {...paint(fill)} x={1} y={1} width={SWATCH - 2} height={SWATCH - 2} />
            </svg>{" "}
            {words} <b>{number}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}
