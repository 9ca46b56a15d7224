/** Reports of one code belong together: a first one, and what its sender said afterwards. Nothing but the mailbox tells. */
import { FOLLOW_UPS, type FollowUp, followUpOf, isSaying } from "./followups.ts";
import { isReadable, type ReadableRow, type Row } from "./queue.ts";
import type { OpenedReport } from "./vault/messages.ts";

/** The rows of each mailbox, as they came. */
export type Threads = ReadonlyMap<string, readonly ReadableRow[]>;

export interface Thread {
  /** The first report; null while it is not among those opened in this window. */
  readonly first: ReadableRow | null;
  readonly followUps: readonly ReadableRow[];
}

const ALONE: Thread = { first: null, followUps: [] };

/** All threads among rows. */
export function threadsIn(rows: Iterable<Row>): Threads {
  const threads = new Map<string, ReadableRow[]>();
  for (const row of rows) {
    const mailbox = row.opened.report?.mailbox;
    if (!mailbox || !isReadable(row)) continue;
    threads.set(mailbox, [...(threads.get(mailbox) ?? []), row]);
  }
  return threads;
}

/** The thread of a report, oldest first: by day, and on one day the other way round than the server lists them. */
export function threadOf(threads: Threads, { opened: { report } }: ReadableRow): Thread {
  const rows = threads.get(report.mailbox ?? "");
  if (!rows) return ALONE;
  const isFirst = (row: ReadableRow) => followUpOf(row.opened.report) === null;
  const ordered = [...rows]
    .reverse()
    .sort((one, other) => one.envelope.day.localeCompare(other.envelope.day));
  return {
    first: ordered.find(isFirst) ?? null,
    followUps: ordered.filter((row) => !isFirst(row)),
  };
}

/** What the sender has said of a first report since, each once; nothing for a follow-up. */
export function saidSince(threads: Threads, row: ReadableRow): readonly FollowUp[] {
  if (followUpOf(row.opened.report) !== null) return [];
  const said = threadOf(threads, row).followUps.map(({ opened }) => followUpOf(opened.report));
  return FOLLOW_UPS.filter((each) => said.includes(each));
}

/** The report that a row is about: for what is only said, the first report, where it is known. */
export const aboutOf = (threads: Threads, row: ReadableRow): OpenedReport =>
  (isSaying(row.opened.report) && threadOf(threads, row).first?.opened.report) || row.opened.report;
