import { isReadable, type ReadableRow } from "../../../../client/desk/queue.ts";
import type { OpenedReport } from "../../../../client/desk/vault/messages.ts";

/** A row of the queue with a report in it. */
export function rowOf(id: string, report: OpenedReport, day: string): ReadableRow {
  const envelope = { id, kid: "00", day, length: 2172, parked: false, version: 0, latest: null };
  const row = { envelope, opened: { id, report, reason: null } };
  if (!isReadable(row)) throw new Error("a row with a report is readable");
  return row;
}
