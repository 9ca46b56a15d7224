/**
 * Base 45 (RFC 9285): bytes in the characters that a QR code packs most tightly. Reading is strict: `RangeError` for
 * what `toBase45` does not write.
 */
import type { Bytes } from "./bytes.ts";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const BASE = 45;

export function toBase45(bytes: Uint8Array): string {
  const pairs = Array.from({ length: Math.ceil(bytes.length / 2) }, (_, at) =>
    bytes.subarray(at * 2, at * 2 + 2),
  );
  return pairs.map(spell).join("");
}

/** Two bytes in three characters, or one in two, the least significant first. */
function spell([first = 0, second]: Uint8Array): string {
  const value = second === undefined ? first : first * 256 + second;
  const characters = second === undefined ? 2 : 3;
  return Array.from({ length: characters }, (_, place) =>
    ALPHABET.charAt(Math.floor(value / BASE ** place) % BASE),
  ).join("");
}

export function fromBase45(text: string): Bytes {
  const groups = text.match(/.{1,3}/gs) ?? [];
  const bytes = Uint8Array.from(groups.flatMap(read));
  if (toBase45(bytes) !== text) throw new RangeError("not base 45");
  return bytes;
}

function read(group: string): number[] {
  const value = [...group].reduceRight((sum, one) => sum * BASE + ALPHABET.indexOf(one), 0);
  return group.length === 3 ? [value >> 8, value & 255] : [value & 255];
}
