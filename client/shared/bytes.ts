/** Bytes and their spellings. Reading is strict: one spelling for each value, `RangeError` for any other. */

/** Bytes that own an ordinary buffer, as WebCrypto wants them. */
export type Bytes = Uint8Array<ArrayBuffer>;

const HEX = /^(?:[0-9a-f]{2})*$/;
const BASE64URL = /^[A-Za-z0-9_-]*$/;

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Whether two byte strings are the same. Not constant in time: for what everybody may know. */
export const equalBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);

export const startsWith = (bytes: Uint8Array, start: Uint8Array): boolean =>
  equalBytes(bytes.subarray(0, start.length), start);

/** A 32-bit integer as four bytes, big-endian. */
export function u32(value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** The 32-bit integer at `at`; `RangeError` beyond the end. */
export const readU32 = (bytes: Uint8Array, at: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at);

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Reads lower-case hexadecimal. */
export function fromHex(text: string): Bytes {
  if (!HEX.test(text)) throw new RangeError("not lower-case hexadecimal");
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** base64url without padding, RFC 4648 section 5. */
export function toBase64url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}

/** Reads base64url; padding, foreign characters and stray bits at the end are refused. */
export function fromBase64url(text: string): Bytes {
  if (!BASE64URL.test(text) || text.length % 4 === 1) throw new RangeError("not base64url");
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  if (toBase64url(bytes) !== text) throw new RangeError("not canonical base64url");
  return bytes;
}

/** Whether a value is lower-case hexadecimal of so many bytes. */
export const isHexOf = (value: unknown, bytes: number): value is string =>
  typeof value === "string" && lengthBy(fromHex, value) === bytes;

/** Whether a value is base64url of so many bytes. */
export const isBase64urlOf = (value: unknown, bytes: number): value is string =>
  typeof value === "string" && lengthBy(fromBase64url, value) === bytes;

/** Text as UTF-8. */
export const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

/** UTF-8 as text; a `TypeError` for other bytes. A byte order mark is a character like any other. */
export const fromUtf8 = (bytes: Bytes): string =>
  new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);

/** How many bytes a spelling stands for; null when it is none. */
function lengthBy(read: (text: string) => Bytes, text: string): number | null {
  try {
    return read(text).length;
  } catch {
    return null;
  }
}
