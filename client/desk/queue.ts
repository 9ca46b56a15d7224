/** The queue as it stands in the browser's memory: rows of envelopes, opened as far as they can be. */
import type { Envelope } from "./answers.ts";
import type { QueueState } from "./api.ts";
import { marksOf } from "./urgency.ts";
import type { Opened, OpenedReport } from "./vault/messages.ts";

/** An envelope and what came of opening it. */
export interface Row {
  readonly envelope: Envelope;
  readonly opened: Opened;
}

export type ReadableRow = Row & { readonly opened: { readonly report: OpenedReport } };

export const isReadable = (row: Row): row is ReadableRow => row.opened.report !== null;

/** Rows of a page, in the server's order, with what the vault made of them. */
export function rowsOf(envelopes: readonly Envelope[], opened: readonly Opened[]): Row[] {
  const byId = new Map(opened.map((each) => [each.id, each]));
  return envelopes.map((envelope) => ({
    envelope,
    opened: byId.get(envelope.id) ?? { id: envelope.id, report: null, reason: "missing" },
  }));
}

/** Rows with a further page behind them; an envelope that stands on both pages stands once. */
export function appended(rows: readonly Row[], page: readonly Row[]): Row[] {
  const known = new Set(rows.map(({ envelope }) => envelope.id));
  return [...rows, ...page.filter(({ envelope }) => !known.has(envelope.id))];
}

/** Whether a row belongs to what is shown. A report assessed here a moment ago no longer waits. */
const belongs = ({ envelope }: Row, state: QueueState): boolean =>
  state === "all" || envelope.version > 0 === (state === "assessed");

/** The readable rows of a state: most marks first, otherwise in the server's order, newest first. */
export const readable = (rows: readonly Row[], state: QueueState): ReadableRow[] =>
  rows
    .filter((row) => belongs(row, state))
    .filter(isReadable)
    .map((row) => ({ row, marks: marksOf(row.opened.report).length }))
    .sort((one, other) => other.marks - one.marks)
    .map(({ row }) => row);

/** The rows that could not be opened; they are never left out. */
export const unreadable = (rows: readonly Row[], state: QueueState): Row[] =>
  rows.filter((row) => belongs(row, state) && !isReadable(row));

/** The same rows, one of them with the version that was just saved. */
export const withVersion = (rows: readonly Row[], id: string, version: number): Row[] =>
  rows.map((row) =>
    row.envelope.id === id ? { ...row, envelope: { ...row.envelope, version } } : row,
  );
