/** What happened when: a bar for each day, its parts a kind each. Time runs as the language is read. */
import { useMemo, useState } from "preact/hooks";
import { addDays, today } from "../clock.ts";
import { dayWords } from "../days.ts";
import { Mark, Marks } from "../parts/marks.tsx";
import { useWidth } from "../parts/width.ts";
import { type DrawnDay, drawnDays, lastDay } from "../seeing/days.ts";
import { SEEN_KINDS } from "../seeing/happening.ts";
import { NOT_KNOWN, type Tally, totalOf } from "../seeing/tally.ts";
import { NOWHERE } from "../sieve.ts";
import { direction, useLang, useText } from "../text.ts";
import { seenKind, Tallies, tallyWords } from "./tallies.tsx";

const SWATCH = 14;
const HEIGHT = 150;
/** Pixels above the highest bar for its number, and below all for the days. */
const HEAD = 18;
const FOOT = 20;
/** The least that a finger hits, in pixels; and more days than these nobody tells apart. */
const COLUMN = 26;
const MOST_DAYS = 28;
const FEWEST_DAYS = 7;
/** A day is named under every so many-th column. */
const NAMED = 7;

interface Chart {
  readonly width: number;
  readonly column: number;
  readonly most: number;
  readonly isReversed: boolean;
}

/** The left edge of a day's column. */
const leftOf = (at: number, { width, column, isReversed }: Chart): number =>
  isReversed ? width - (at + 1) * column : at * column;

function Bar({
  tally,
  left,
  chart,
}: {
  readonly tally: Tally;
  readonly left: number;
  readonly chart: Chart;
}) {
  const unit = (HEIGHT - HEAD - FOOT) / chart.most;
  let top = HEIGHT - FOOT;
  return (
    <>
      <rect class="reach" x={left} y={0} width={chart.column} height={HEIGHT - FOOT} />
      {tally.kinds.map(([kind, count]) => {
        const high = totalOf(count) * unit;
        top -= high;
        const place = { x: left + 3, y: top, width: chart.column - 6, height: high };
        return (
          <g key={kind} data-shape={kind}>
            <rect class="bar-part" {...place} />
            <rect class="texture" {...place} fill={`url(#texture-${kind})`} />
          </g>
        );
      })}
    </>
  );
}

/** How many, above each bar; the marks say it in words. */
function Totals({
  drawn,
  chart,
}: {
  readonly drawn: readonly { readonly tally: Tally; readonly at: number }[];
  readonly chart: Chart;
}) {
  return (
    <g class="labels">
      {drawn.map(({ tally, at }) => {
        const x = leftOf(at, chart) + chart.column / 2;
        const top = HEIGHT - FOOT - (totalOf(tally) * (HEIGHT - HEAD - FOOT)) / chart.most;
        return (
          <text key={tally.key} x={x} y={top - 4}>
            {totalOf(tally)}
          </text>
        );
      })}
    </g>
  );
}

/** Kinds are told apart by lines as well as by colour. */
function Textures() {
  return (
    <defs>
      <pattern id="texture-shelter" width="6" height="5" patternUnits="userSpaceOnUse">
        <path class="weft" d="M0 1H6" />
      </pattern>
      <pattern
        id="texture-safety"
        width="5"
        height="5"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <path class="weft" d="M1 0V5" />
      </pattern>
      <pattern id="texture-unknown" width="5" height="5" patternUnits="userSpaceOnUse">
        <path class="weft" d="M0 1H5M1 0V5" />
      </pattern>
    </defs>
  );
}

/** What the parts of a bar are. */
function Key({ tallies }: { readonly tallies: readonly Tally[] }) {
  const lang = useLang();
  const kinds = new Set(tallies.flatMap((tally) => tally.kinds.map(([kind]) => kind)));
  const place = { width: SWATCH, height: SWATCH };
  return (
    <ul class="legend">
      {SEEN_KINDS.filter((kind) => kinds.has(kind)).map((kind) => (
        <li key={kind}>
          <svg class="glyph" {...place} data-shape={kind} aria-hidden="true">
            <rect class="bar-part" {...place} />
            <rect {...place} fill={`url(#texture-${kind})`} />
          </svg>{" "}
          {seenKind(kind, lang)}
        </li>
      ))}
    </ul>
  );
}

function Axis({ days, chart }: { readonly days: readonly DrawnDay[]; readonly chart: Chart }) {
  const lang = useLang();
  const last = days.length - 1;
  return (
    <g class="axis">
      <path d={`M0 ${HEIGHT - FOOT}H${chart.width}`} />
      {days.map(({ day }, at) => {
        const isNamed = (last - at) % NAMED === 0 && at > 1;
        const end = leftOf(at, chart) + (chart.isReversed ? 0 : chart.column);
        return isNamed ? (
          <text key={day} x={end} y={HEIGHT - 4} class={chart.isReversed ? "starts" : "ends"}>
            {dayWords(day, lang)}
          </text>
        ) : null;
      })}
    </g>
  );
}

interface DaysProps {
  readonly tallies: readonly Tally[];
  readonly chosen: string;
  readonly onChoose: (tally: Tally) => void;
}

function Drawing({
  days,
  width,
  chosen,
  onChoose,
}: Omit<DaysProps, "tallies"> & { readonly days: readonly DrawnDay[]; readonly width: number }) {
  const lang = useLang();
  const t = useText();
  const drawn = days.flatMap(({ tally }, at) => (tally ? [{ tally, at }] : []));
  const chart: Chart = {
    width,
    column: width / days.length,
    most: Math.max(1, ...drawn.map(({ tally }) => totalOf(tally))),
    isReversed: direction(lang) === "rtl",
  };
  return (
    <Marks
      class="days"
      size={{ width, height: HEIGHT }}
      label={t("days_bars")}
      isReversed={chart.isReversed}
    >
      <Textures />
      <Axis days={days} chart={chart} />
      {drawn.map(({ tally, at }, index) => (
        <Mark
          key={tally.key}
          name={tally.key}
          label={`${dayWords(tally.key, lang)}: ${tallyWords(tally, lang)}`}
          isFirst={index === 0}
          isChosen={chosen === tally.key}
          onPress={() => onChoose(tally)}
        >
          <Bar tally={tally} left={leftOf(at, chart)} chart={chart} />
        </Mark>
      ))}
      <Totals drawn={drawn} chart={chart} />
    </Marks>
  );
}

function Step({
  name,
  end,
  onEnd,
}: {
  readonly name: "earlier" | "later";
  readonly end: string | null;
  readonly onEnd: (end: string) => void;
}) {
  const t = useText();
  return (
    <button
      type="button"
      class="quiet"
      data-action={`days-${name}`}
      aria-disabled={end === null}
      onClick={() => end !== null && onEnd(end)}
    >
      {t(`days_${name}`)}
    </button>
  );
}

/** The days that are drawn; they follow the reports until somebody looks at others. */
function useDrawnDays(tallies: readonly Tally[], width: number) {
  const [end, setEnd] = useState<string | null>(null);
  const count = Math.max(FEWEST_DAYS, Math.min(MOST_DAYS, Math.floor(width / COLUMN)));
  const shown = useMemo(
    () => drawnDays(tallies, end ?? lastDay(tallies, today()), count),
    [tallies, end, count],
  );
  return { ...shown, setEnd };
}

export function Days({ tallies, chosen, onChoose }: DaysProps) {
  const lang = useLang();
  const t = useText();
  const [element, width] = useWidth();
  const { days, earlier, later, setEnd } = useDrawnDays(tallies, width);
  const [first, last] = [days[0]?.day ?? today(), days.at(-1)?.day ?? today()];
  const caption = t("days_caption", { from: dayWords(first, lang), to: dayWords(last, lang) });
  const inTable = [...tallies].reverse();
  return (
    <section class="sheet days-part" data-part="days" data-from={first} data-to={addDays(last, 0)}>
      <div class="bar">
        <h2>{t("days_title")}</h2>
        <Step name="earlier" end={earlier} onEnd={setEnd} />
        <span class="fine">{caption}</span>
        <Step name="later" end={later} onEnd={setEnd} />
      </div>
      <div ref={element} class="drawing">
        {width > 0 && <Drawing days={days} width={width} chosen={chosen} onChoose={onChoose} />}
      </div>
      <Key tallies={tallies} />
      <p class="fine">{t("days_lead")}</p>
      <details class="rule">
        <summary>{t("days_table")}</summary>
        <Tallies
          part="day-table"
          caption={t("days_title")}
          first="days_day"
          tallies={inTable}
          nameOf={({ key }) => (key === NOT_KNOWN ? t("days_unknown") : dayWords(key, lang))}
          isChosen={({ key }) => chosen === (key || NOWHERE)}
          onChoose={onChoose}
        />
      </details>
    </section>
  );
}
