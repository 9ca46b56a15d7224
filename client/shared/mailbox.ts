/**
 * Mailboxes: what a code opens, and the desk's letter (PROTOCOL section 9).
 *
 *     secret  = PBKDF2-HMAC-SHA-256(code, "amana/1/mailbox", 600000), 32 bytes
 *     letter  = nonce (12) || AES-256-GCM(key, nonce, padded, aad = "amana/1/mailbox/letter")
 *     padded  = u32 length || JSON || zeros, 4096 bytes
 */
import { type Bytes, concat, toHex, utf8 } from "./bytes.ts";
import { isDay } from "./days.ts";
import { hasMembers, isText, parseJson } from "./json.ts";
import { pad, unpad } from "./padding.ts";
import { aesOpen, aesSeal, hkdf, pbkdf2 } from "./primitives.ts";
import { Refusal } from "./refusal.ts";

export const SECRET_BYTES = 32;
export const NONCE_BYTES = 12;
export const MAX_TEXT_CHARS = 1000;
const ID_BYTES = 16;
const CLASS = 4096;
const TAG_BYTES = 16;
export const LETTER_BYTES = NONCE_BYTES + CLASS + TAG_BYTES;

const SALT = "amana/1/mailbox";
const LABEL = utf8("amana/1/mailbox/letter");

export const STATES = ["received", "opened", "closed"] as const;

/** Where a letter lies, in hexadecimal, and what opens it (32 bytes). */
export type Mailbox = { readonly id: string; readonly key: Bytes };

/** Something that the desk said on a day. */
export type Said = { readonly day: string; readonly text: string };

/** All that a mailbox holds: how far the desk is, and what it said, oldest first. */
export type Letter = {
  readonly v: 1;
  readonly state: (typeof STATES)[number];
  readonly words: readonly Said[];
};

/** The secret of a code, as it stands in a report's `mailbox`. Takes seconds on an old phone. */
export const stretchCode = (code: string): Promise<Bytes> => pbkdf2(utf8(code), utf8(SALT));

/** The mailbox of a secret. */
export async function mailboxOf(secret: Bytes): Promise<Mailbox> {
  const [id, key] = await Promise.all([hkdf(secret, `${SALT}/id`), hkdf(secret, `${SALT}/key`)]);
  return { id: toHex(id.subarray(0, ID_BYTES)), key };
}

/** Seals a letter; `Refusal("length")` when it is too long. The nonce must never serve twice under one key. */
export async function sealLetter(letter: Letter, key: Bytes, nonce: Bytes): Promise<Bytes> {
  const padded = pad(utf8(JSON.stringify(letter)), CLASS);
  return concat(nonce, await aesSeal(key, nonce, LABEL, padded));
}

/**
 * The letter inside. Refuses at `length`, `open`, `padding`, `json` or `schema`; at `open` also the noise that is
 * answered where no letter lies.
 */
export async function openLetter(sealed: Bytes, key: Bytes): Promise<Letter> {
  if (sealed.length !== LETTER_BYTES) throw new Refusal("length");
  const nonce = sealed.slice(0, NONCE_BYTES);
  const letter = parse(unpad(await aesOpen(key, nonce, LABEL, sealed.slice(NONCE_BYTES))));
  if (!isLetter(letter)) throw new Refusal("schema");
  return letter;
}

function parse(encoded: Bytes): unknown {
  try {
    return parseJson(encoded);
  } catch {
    throw new Refusal("json");
  }
}

const isLetter = (value: unknown): value is Letter =>
  hasMembers(value, ["v", "state", "words"]) &&
  value.v === 1 &&
  STATES.some((state) => state === value.state) &&
  Array.isArray(value.words) &&
  value.words.every(isSaid);

const isSaid = (value: unknown): value is Said =>
  hasMembers(value, ["day", "text"]) && isDay(value.day) && isText(value.text, MAX_TEXT_CHARS);
