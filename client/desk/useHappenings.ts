/** What is seen on the map and along the days, by the sieve of the list. */
import { useMemo } from "preact/hooks";
import type { DeskEvent } from "./answers.ts";
import type { Atlas } from "./areas.ts";
import { today } from "./clock.ts";
import { isSaying } from "./followups.ts";
import { isReadable, type ReadableRow, type Seen } from "./queue.ts";
import { type Happening, toldBy, toldOf } from "./seeing/happening.ts";
import { byArea, byDay, type Tally } from "./seeing/tally.ts";
import { isIn, isOn, type Sieve, sift, siftEvents } from "./sieve.ts";

/** Reports that wait and tell of something; not those that only say something of an earlier one. */
const waitingIn = (seen: Seen): readonly ReadableRow[] =>
  [...seen.values()].filter(
    (row): row is ReadableRow =>
      row.envelope.version === 0 && isReadable(row) && !isSaying(row.opened.report),
  );

export interface Happenings {
  /** All reports that the sieve chooses from. */
  readonly rows: readonly ReadableRow[];
  /** By area, whichever is chosen; by day, whichever is chosen: what was chosen stands among what could be. */
  readonly areas: readonly Tally[];
  readonly days: readonly Tally[];
  /** What passes the whole sieve. */
  readonly shown: readonly Happening[];
}

/**
 * Sifting thousands of reports by their words takes longer than all the rest, so it is done again only when that part of
 * the sieve changes; choosing an area or a day is not.
 */
export function useHappenings(
  seen: Seen,
  events: readonly DeskEvent[],
  sieve: Sieve,
  atlas: Atlas,
): Happenings {
  const { kind, mark, days, words, area, on } = sieve;
  const rows = useMemo(() => waitingIn(seen), [seen]);
  const sifted = useMemo(() => {
    const anywhere = { ...sieve, area: "", on: "" };
    const reports = sift(rows, anywhere, atlas, today()).map((row) => toldBy(row, atlas));
    return [...reports, ...siftEvents(events, anywhere).map(toldOf)];
  }, [rows, events, atlas, kind, mark, days, words]);
  const there = useMemo(() => sifted.filter((each) => isIn(area, each)), [sifted, area]);
  const then = useMemo(() => sifted.filter((each) => isOn(on, each)), [sifted, on]);
  return {
    rows,
    areas: useMemo(() => byArea(then), [then]),
    days: useMemo(() => byDay(there), [there]),
    shown: useMemo(() => there.filter((each) => isOn(on, each)), [there, on]),
  };
}
