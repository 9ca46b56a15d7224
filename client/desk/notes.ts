/** Notes that members write on a report: sealed before they leave the window, opened in it. */
import type { KeptNote } from "./answers.ts";
import type { Row } from "./queue.ts";
import type { Session } from "./session.ts";
import type { SealedNote } from "./vault/messages.ts";

/** Longer ones are refused by the field; in every script that many characters have room, or the vault refuses. */
export const MAX_NOTE_CHARS = 1000;

/** A note as it is read; `text` is null where it does not open here. */
export type ReadNote = Omit<KeptNote, "kid" | "sealed"> & { readonly text: string | null };

/** A note that is being written. It is sealed once: sent again, it is the same note and not a second one. */
export interface Writing {
  readonly text: string;
  readonly sealed: SealedNote | null;
}

export const NOTHING_WRITTEN: Writing = { text: "", sealed: null };

/** Whether a member can write on a report: its desk key must be at hand. */
export const canWrite = ({ unlocked }: Session, { envelope }: Row): boolean =>
  unlocked.kids.includes(envelope.kid);

export const isWritten = ({ text }: Writing): boolean => text.trim() !== "";

/** The note sealed, unless nothing is written or it is sealed already. */
export async function sealWriting(
  { vault }: Session,
  { envelope }: Row,
  writing: Writing,
): Promise<Writing> {
  if (!isWritten(writing) || writing.sealed) return writing;
  const text = writing.text.trim();
  const sealed = await vault.ask("sealNote", { envelope: envelope.id, kid: envelope.kid, text });
  return { text: writing.text, sealed };
}

/** The notes on a report, opened. */
export async function readNotes(
  { vault }: Session,
  { envelope }: Row,
  kept: readonly KeptNote[],
): Promise<ReadNote[]> {
  if (kept.length === 0) return [];
  const notes = kept.map(({ kid, sealed }) => ({ kid, sealed }));
  const { texts } = await vault.ask("readNotes", { envelope: envelope.id, notes });
  return kept.map(({ kid: _kid, sealed: _sealed, ...note }, at) => ({
    ...note,
    text: texts[at] ?? null,
  }));
}
