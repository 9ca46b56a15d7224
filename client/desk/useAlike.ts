/** The reports that may be about the event of the one that is open, looked for in slices: the screen never waits. */
import { useEffect, useState } from "preact/hooks";
import type { Atlas } from "./areas.ts";
import { now } from "./clock.ts";
import { accountOf } from "./likeness/account.ts";
import type { Likeness } from "./likeness/compare.ts";
import { Likenesses } from "./likeness/find.ts";
import { isReadable, type ReadableRow, type Seen } from "./queue.ts";
import type { Session } from "./session.ts";

/** Milliseconds of work before the screen gets its turn. */
const SLICE_MS = 12;
/** More than these nobody compares. */
const SHOWN = 8;

export interface Alike {
  readonly row: ReadableRow;
  readonly likeness: Likeness;
}

/** Understanding a place takes a while, so it is done once for each report. */
interface Index {
  readonly atlas: Atlas;
  readonly likenesses: Likenesses<string>;
}

/** By session: what was read in one goes with it. */
const indexes = new WeakMap<Session, Index>();

function indexIn(session: Session, atlas: Atlas): Likenesses<string> {
  const known = indexes.get(session);
  if (known?.atlas === atlas) return known.likenesses;
  const likenesses = new Likenesses<string>();
  indexes.set(session, { atlas, likenesses });
  return likenesses;
}

/** Whether they are of one sender's thread, which is known to be one. */
const areOneThread = ({ opened: { report } }: ReadableRow, { opened }: ReadableRow): boolean =>
  report.mailbox !== null && report.mailbox === opened.report.mailbox;

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Takes in what was opened since the last time; false when nobody waits for it any more. */
async function takeIn(
  likenesses: Likenesses<string>,
  seen: Seen,
  atlas: Atlas,
  isWanted: () => boolean,
): Promise<boolean> {
  let begun = now();
  for (const { envelope, opened } of seen.values()) {
    if (opened.report === null || likenesses.has(envelope.id)) continue;
    likenesses.add(envelope.id, accountOf(opened.report, envelope.day, atlas));
    if (now() - begun < SLICE_MS) continue;
    await turn();
    if (!isWanted()) return false;
    begun = now();
  }
  return true;
}

async function find(
  session: Session,
  row: ReadableRow,
  seen: Seen,
  atlas: Atlas,
  isWanted: () => boolean,
): Promise<readonly Alike[]> {
  const likenesses = indexIn(session, atlas);
  if (!(await takeIn(likenesses, seen, atlas, isWanted))) return [];
  return likenesses
    .like(row.envelope.id)
    .flatMap(({ item, likeness }) => {
      const other = seen.get(item);
      return other && isReadable(other) && !areOneThread(row, other)
        ? [{ row: other, likeness }]
        : [];
    })
    .slice(0, SHOWN);
}

/** Null while they are being looked for. */
export function useAlike(
  session: Session,
  row: ReadableRow,
  seen: Seen,
  atlas: Atlas,
): readonly Alike[] | null {
  const [alike, setAlike] = useState<readonly Alike[] | null>(null);
  useEffect(() => {
    let isWanted = true;
    void find(session, row, seen, atlas, () => isWanted).then(
      (found) => isWanted && setAlike(found),
    );
    return () => {
      isWanted = false;
    };
  }, [session, row.envelope.id, seen, atlas]);
  return alike;
}
