/** Sealed reports as files: what a person can carry by stick, cable or another phone when the network is no way. */
import type { Bytes } from "../shared/bytes.ts";
import { encodeParcel } from "../shared/parcel.ts";
import { Refusal } from "../shared/refusal.ts";

/** Hexadecimal characters of a hash that tell files apart. */ export type RecordFile = {
  readonly name: string;
  readonly bytes: Bytes;
};

const NAME_CHARS = 8;

/** A parcel of one (PROTOCOL section 6). What is no envelope any more goes as it is: somebody may still mend it. */
export function recordFile(id: string, bytes: Bytes): RecordFile {
  const name = id.slice(0, NAME_CHARS);
  try {
    return { name: `${name}.amp`, bytes: encodeParcel([bytes]) };
  } catch (error) {
    if (error instanceof Refusal) return { name: `${name}.bin`, bytes };
    throw error;
  }
}

/** A parcel under a name that says nothing; the number tells the files of one hand-over apart. */
export const parcelFile = (bytes: Bytes, at: number): RecordFile => ({
  name: `${at + 1}.amp`,
  bytes,
});

/** What is in a file that somebody chose. */
export const bytesOf = async (file: File): Promise<Bytes> =>
  new Uint8Array(await file.arrayBuffer());
