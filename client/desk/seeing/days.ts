/** Which days are drawn beside one another, and where the days before and behind them begin. */
import { addDays } from "../clock.ts";
import { NOT_KNOWN, type Tally } from "./tally.ts";

/** A day of the drawing; `tally` is null where nothing happened. */
export interface DrawnDay {
  readonly day: string;
  readonly tally: Tally | null;
}

/** `earlier` and `later` are the last days of the drawings on which something is next; null where nothing is. */
export interface DrawnDays {
  readonly days: readonly DrawnDay[];
  readonly earlier: string | null;
  readonly later: string | null;
}

const knownDays = (tallies: readonly Tally[]): readonly string[] =>
  tallies.flatMap(({ key }) => (key === NOT_KNOWN ? [] : [key]));

/** The last day that is drawn first: the last one on which something happened, but none that is still to come unless all are. */
export function lastDay(tallies: readonly Tally[], today: string): string {
  const days = knownDays(tallies);
  return days.filter((day) => day <= today).at(-1) ?? days.at(-1) ?? today;
}

/** So many days, the last of them `end`. Empty stretches are stepped over: whoever goes back finds something. */
export function drawnDays(tallies: readonly Tally[], end: string, count: number): DrawnDays {
  const first = addDays(end, 1 - count);
  const byDay = new Map(tallies.map((tally) => [tally.key, tally]));
  const known = knownDays(tallies);
  const next = known.find((day) => day > end);
  return {
    days: Array.from({ length: count }, (_, at) => {
      const day = addDays(first, at);
      return { day, tally: byDay.get(day) ?? null };
    }),
    earlier: known.filter((day) => day < first).at(-1) ?? null,
    later: next === undefined ? null : addDays(next, count - 1),
  };
}
