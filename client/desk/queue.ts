/** The queue as it stands in the browser's memory: rows of envelopes, opened as far as they can be. */
import type { Assessment, Envelope, QueuePage } from "./answers.ts";
import type { QueueState } from "./api.ts";
import { isSaying } from "./followups.ts";
import { MARKS, marksOf } from "./urgency.ts";
import type { Opened, OpenedReport } from "./vault/messages.ts";

/** An envelope and what came of opening it. */
export interface Row {
  readonly envelope: Envelope;
  readonly opened: Opened;
}

/** Every row that was opened in this window, by the id of its envelope. */
export type Seen = ReadonlyMap<string, Row>;

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

/** Those of a page that are not among the rows. */
export function unknownIn(rows: readonly Row[], page: readonly Envelope[]): Envelope[] {
  const known = new Set(rows.map(({ envelope }) => envelope.id));
  return page.filter(({ id }) => !known.has(id));
}

/**
 * The rows that a page of what waits passes over, by id: somebody has decided on them. Rows are in the server's order,
 * newest first; what the page does not reach is left alone.
 */
export function goneFrom(
  rows: readonly Row[],
  { envelopes, next }: Pick<QueuePage, "envelopes" | "next">,
  isFirst: boolean,
): string[] {
  const places = new Map(rows.map(({ envelope }, at) => [envelope.id, at]));
  const known = envelopes.flatMap(({ id }) => places.get(id) ?? []);
  const begin = isFirst ? 0 : known[0];
  const end = next === null ? rows.length : known.at(-1);
  if (begin === undefined || end === undefined) return [];
  const held = new Set(envelopes.map(({ id }) => id));
  return rows
    .slice(begin, end)
    .filter(({ envelope }) => envelope.version === 0 && !held.has(envelope.id))
    .map(({ envelope }) => envelope.id);
}

/** Whether a row belongs to what is shown. A report assessed here a moment ago no longer waits. */
const belongs = ({ envelope }: Row, state: QueueState): boolean =>
  state === "all" || envelope.version > 0 === (state === "assessed");

/** What is only said of an earlier report is read in no time and may change everything: it goes first. */
const weightOf = ({ opened: { report } }: ReadableRow): number =>
  isSaying(report) ? MARKS.length + 1 : marksOf(report).length;

/** The readable rows of a state: sayings, then most marks first, otherwise in the server's order, newest first. */
export const readable = (rows: readonly Row[], state: QueueState): ReadableRow[] =>
  rows
    .filter((row) => belongs(row, state))
    .filter(isReadable)
    .map((row) => ({ row, weight: weightOf(row) }))
    .sort((one, other) => other.weight - one.weight)
    .map(({ row }) => row);

/** The rows that could not be opened; they are never left out. */
export const unreadable = (rows: readonly Row[], state: QueueState): Row[] =>
  rows.filter((row) => belongs(row, state) && !isReadable(row));

/** All that was opened in this window, with what was opened just now. */
export const seenWith = (seen: Seen, rows: readonly Row[]): Seen =>
  rows.reduce((all, row) => all.set(row.envelope.id, row), new Map(seen));

/** The mailboxes of rows, each once. */
export const mailboxesOf = (rows: readonly Row[]): string[] => [
  ...new Set(rows.flatMap(({ opened }) => opened.report?.mailbox ?? [])),
];

/** Where an envelope stands: how often it was assessed, and what the newest assessment says. */
export type Standing = Pick<Envelope, "version" | "latest">;

const CONFIRMED = "v4";
const BELOW_CONFIRMED = "v3";

/** Whether the latest version confirms what no second member has signed: it counts as the grade below. */
export function isAlone(versions: readonly Assessment[]): boolean {
  const signed = versions.filter(({ fields }) => fields.verification === CONFIRMED);
  const isConfirmed = versions.at(-1)?.fields.verification === CONFIRMED;
  return isConfirmed && new Set(signed.map(({ member }) => member)).size === 1;
}

const textIn = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** Where an envelope stands by the versions of its assessment, oldest first. */
export function standingOf(versions: readonly Assessment[]): Standing {
  const newest = versions.at(-1);
  if (!newest) return { version: 0, latest: null };
  const { version, member, fields } = newest;
  const verification = isAlone(versions) ? BELOW_CONFIRMED : textIn(fields.verification);
  const flags = [fields.flags ?? []].flat().map(String);
  return { version, latest: { decision: String(fields.decision), verification, flags, member } };
}

/** The same rows, one of them standing where it does now. */
export const withStanding = (rows: readonly Row[], id: string, standing: Standing): Row[] =>
  rows.map((row) =>
    row.envelope.id === id ? { ...row, envelope: { ...row.envelope, ...standing } } : row,
  );
