/** Letters to people who want an answer. The keys of their mailboxes come out of reports and stay in the worker's memory. */
import { type Bytes, fromBase64url, isBase64urlOf } from "../../shared/bytes.ts";
import {
  type Letter,
  mailboxOf,
  NONCE_BYTES,
  openLetter,
  SECRET_BYTES,
  sealLetter as seal,
} from "../../shared/mailbox.ts";
import { Refusal } from "../../shared/refusal.ts";
import type { KeptLetter, Tasks } from "./messages.ts";

/** By the id of the mailbox. */
const keys = new Map<string, Bytes>();

/** Keeps the key of a report's mailbox and answers the mailbox's id; null for what is no secret. */
export async function rememberMailbox(secret: unknown): Promise<string | null> {
  if (!isBase64urlOf(secret, SECRET_BYTES)) return null;
  const { id, key } = await mailboxOf(fromBase64url(secret));
  keys.set(id, key);
  return id;
}

/** Opens letters; null for one that does not open. */
export async function readLetters({
  letters,
}: Tasks["readLetters"]["ask"]): Promise<Tasks["readLetters"]["answer"]> {
  return { letters: await Promise.all(letters.map(read)) };
}

/** Seals a letter, without its oldest words where it would be too long. Answers it as it was sealed. */
export async function sealLetter({
  mailbox,
  letter,
}: Tasks["sealLetter"]["ask"]): Promise<Tasks["sealLetter"]["answer"]> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  try {
    return { letter, sealed: await seal(letter, keyOf(mailbox), nonce) };
  } catch (error) {
    if (!(error instanceof Refusal) || letter.words.length < 2) throw error;
    return sealLetter({ mailbox, letter: { ...letter, words: letter.words.slice(1) } });
  }
}

async function read({ mailbox, sealed }: KeptLetter): Promise<Letter | null> {
  try {
    return await openLetter(sealed, keyOf(mailbox));
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

function keyOf(mailbox: string): Bytes {
  const key = keys.get(mailbox);
  if (!key) throw new Refusal("kid");
  return key;
}
