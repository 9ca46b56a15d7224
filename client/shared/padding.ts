/** Text of any length in bytes of one size: `u32 length || text || zeros` (PROTOCOL sections 8 and 9). */
import { type Bytes, concat, readU32, u32 } from "./bytes.ts";
import { Refusal } from "./refusal.ts";

const LENGTH_BYTES = 4;

/** So many bytes with the text in them; `Refusal("length")` when it has no room. */
export function pad(text: Bytes, size: number): Bytes {
  if (text.length > size - LENGTH_BYTES) throw new Refusal("length");
  const padded = new Uint8Array(size);
  padded.set(concat(u32(text.length), text));
  return padded;
}

/** The text inside; `Refusal("padding")` for bytes that `pad` did not make. */
export function unpad(padded: Bytes): Bytes {
  const end = LENGTH_BYTES + readU32(padded, 0);
  if (end > padded.length || padded.subarray(end).some((byte) => byte !== 0))
    throw new Refusal("padding");
  return padded.slice(LENGTH_BYTES, end);
}
