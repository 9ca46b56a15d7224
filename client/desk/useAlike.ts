/** The reports that may be about the event of the one that is open, looked for in slices: the screen never waits. */
import { useEffect, useState } from "preact/hooks";
import type { Atlas } from "./areas.ts";
import { now } from "./clock.ts";
import { type Account, accountOf } from "./likeness/account.ts";
import type { Likeness } from "./likeness/compare.ts";
import { Likenesses } from "./likeness/find.ts";
import { isReadable, type ReadableRow, type Seen } from "./queue.ts";
import type { OpenedReport } from "./vault/messages.ts";

/** Milliseconds of work before the screen gets its turn. */
const SLICE_MS = 12;
/** More than these nobody compares. */
const SHOWN = 8;

export interface Alike {
  readonly row: ReadableRow;
  readonly likeness: Likeness;
}

/** Understanding a place takes a while, so it is done once for each report. */
const cache = new WeakMap<OpenedReport, Account>();

function accountIn({ envelope, opened: { report } }: ReadableRow, atlas: Atlas): Account {
  const account = cache.get(report) ?? accountOf(report, envelope.day, atlas);
  cache.set(report, account);
  return account;
}

/** Those that may be compared with a row: of its kind, and not of its own sender's thread, which is known to be one. */
const comparable = (seen: Seen, { opened: { report } }: ReadableRow): ReadableRow[] =>
  [...seen.values()]
    .filter(isReadable)
    .filter(({ opened: { report: other } }) => other.kind === report.kind)
    .filter(
      ({ opened: { report: other } }) =>
        other === report || other.mailbox === null || other.mailbox !== report.mailbox,
    );

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

async function find(
  row: ReadableRow,
  seen: Seen,
  atlas: Atlas,
  isWanted: () => boolean,
): Promise<readonly Alike[]> {
  const accounts: [ReadableRow, Account][] = [];
  let begun = now();
  for (const each of comparable(seen, row)) {
    accounts.push([each, accountIn(each, atlas)]);
    if (now() - begun < SLICE_MS) continue;
    await turn();
    if (!isWanted()) return [];
    begun = now();
  }
  return new Likenesses(accounts)
    .like(row)
    .slice(0, SHOWN)
    .map(({ item, likeness }) => ({ row: item, likeness }));
}

/** Null while they are being looked for. */
export function useAlike(row: ReadableRow, seen: Seen, atlas: Atlas): readonly Alike[] | null {
  const [alike, setAlike] = useState<readonly Alike[] | null>(null);
  useEffect(() => {
    let isWanted = true;
    void find(row, seen, atlas, () => isWanted).then((found) => isWanted && setAlike(found));
    return () => {
      isWanted = false;
    };
  }, [row.envelope.id, seen, atlas]);
  return alike;
}
