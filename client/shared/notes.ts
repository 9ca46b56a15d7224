/**
 * What members write for each other and for themselves (PROTOCOL section 8).
 *
 *     note  = nonce (12) || AES-256-GCM(notes key, nonce, padded (2048), aad = "amana/1/note" || envelope id)
 *     views = nonce (12) || AES-256-GCM(views key, nonce, padded (4096), aad = "amana/1/member/views")
 */
import { type Bytes, concat, fromUtf8, utf8 } from "./bytes.ts";
import { pad, unpad } from "./padding.ts";
import { aesOpen, aesSeal, hkdf } from "./primitives.ts";
import { Refusal } from "./refusal.ts";

export const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Bytes of a text with its padding, and what it is bound to. */
interface Form {
  readonly size: number;
  readonly bound: Bytes;
}

const NOTE = utf8("amana/1/note");

/** A note on the report of an envelope. */
export const noteOn = (envelopeId: Bytes): Form => ({
  size: 2048,
  bound: concat(NOTE, envelopeId),
});

/** The views that a member keeps. */
export const VIEWS: Form = { size: 4096, bound: utf8("amana/1/member/views") };

/** What opens the notes on all reports sealed to a desk key. */
export const notesKey = (deskSeed: Bytes): Promise<Bytes> => hkdf(deskSeed, "amana/1/notes");

/** What opens a member's own views. */
export const viewsKey = (memberSeed: Bytes): Promise<Bytes> =>
  hkdf(memberSeed, "amana/1/member/views");

/** Seals a text; `Refusal("length")` when it is too long. The nonce must never serve twice under one key. */
export async function sealText(text: string, form: Form, key: Bytes, nonce: Bytes): Promise<Bytes> {
  const padded = pad(utf8(text), form.size);
  return concat(nonce, await aesSeal(key, nonce, form.bound, padded));
}

/** The text inside. Refuses at `length`, `open`, `padding`, `json` (not UTF-8). */
export async function openText(sealed: Bytes, form: Form, key: Bytes): Promise<string> {
  if (sealed.length !== NONCE_BYTES + form.size + TAG_BYTES) throw new Refusal("length");
  const nonce = sealed.slice(0, NONCE_BYTES);
  const text = unpad(await aesOpen(key, nonce, form.bound, sealed.slice(NONCE_BYTES)));
  try {
    return fromUtf8(text);
  } catch {
    throw new Refusal("json");
  }
}
