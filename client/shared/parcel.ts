/**
 * The parcel: what travels, by network, file or stick (PROTOCOL section 6).
 *
 *     "AMP" 0x01 | n x ( u8 type | u32 length | body | u8 stamp length | stamp (0 to 16) )
 */
import { type Bytes, concat, readU32, startsWith, u32 } from "./bytes.ts";
import { parseEnvelope } from "./envelope.ts";
import { type Layer, Refusal } from "./refusal.ts";

export const MAX_BYTES = 1024 * 1024;
export const MAX_RECORDS = 64;
export const MAX_STAMP_BYTES = 16;
export const ENVELOPE = 0x01;

const MAGIC = Uint8Array.of(0x41, 0x4d, 0x50, 1);
const TYPE_AND_LENGTH_BYTES = 5;
/** What a record adds to its body when it carries no stamp. */
const RECORD_OVERHEAD = TYPE_AND_LENGTH_BYTES + 1;

/** A whole record. What `parseParcel` gives is an envelope by its length and version. */
export type ParcelRecord = { readonly type: number; readonly body: Bytes; readonly stamp: Bytes };

/** A record that is refused, and at which layer; its neighbours are not touched by it. */
export type Broken = { readonly error: Layer };

/**
 * Writes a parcel of envelopes, without stamps. Refuses what `parseParcel` would refuse: `too_many` envelopes,
 * `length` beyond 1 MiB, a body that is not an envelope (`length`, `version`).
 */
export function encodeParcel(envelopes: readonly Bytes[]): Bytes {
  if (envelopes.length > MAX_RECORDS) throw new Refusal("too_many");
  for (const envelope of envelopes) parseEnvelope(envelope);
  const parcel = concat(MAGIC, ...envelopes.map(encodeRecord));
  if (parcel.length > MAX_BYTES) throw new Refusal("length");
  return parcel;
}

/** Bytes of a parcel of envelopes of these lengths. */
export const parcelLength = (lengths: readonly number[]): number =>
  lengths.reduce((sum, length) => sum + length + RECORD_OVERHEAD, MAGIC.length);

/** Whether envelopes of these lengths go into one parcel. */
export const fitParcel = (lengths: readonly number[]): boolean =>
  lengths.length <= MAX_RECORDS && parcelLength(lengths) <= MAX_BYTES;

/**
 * Reads a parcel's records in order; what is wrong with one is said in its place.
 *
 * A record that is cut short, or whose stamp is too long, is the last entry (`truncated`); so is the first beyond the
 * 64th (`too_many`): nothing behind either is read. Throws `Refusal("length")` beyond 1 MiB and `Refusal("version")`
 * without the opening bytes.
 */
export function parseParcel(parcel: Bytes): (ParcelRecord | Broken)[] {
  if (parcel.length > MAX_BYTES) throw new Refusal("length");
  if (!startsWith(parcel, MAGIC)) throw new Refusal("version");
  const entries: (ParcelRecord | Broken)[] = [];
  let at = MAGIC.length;
  while (at < parcel.length) {
    const record = entries.length < MAX_RECORDS ? recordAt(parcel, at) : "too_many";
    if (typeof record === "string") return [...entries, { error: record }];
    entries.push(check(record));
    at += RECORD_OVERHEAD + record.body.length + record.stamp.length;
  }
  return entries;
}

const encodeRecord = (envelope: Bytes): Bytes =>
  concat(Uint8Array.of(ENVELOPE), u32(envelope.length), envelope, Uint8Array.of(0));

function recordAt(parcel: Bytes, at: number): ParcelRecord | "truncated" {
  const bodyAt = at + TYPE_AND_LENGTH_BYTES;
  if (bodyAt > parcel.length) return "truncated";
  const stampLengthAt = bodyAt + readU32(parcel, at + 1);
  const stampLength = parcel[stampLengthAt];
  if (stampLength === undefined || stampLength > MAX_STAMP_BYTES) return "truncated";
  const end = stampLengthAt + 1 + stampLength;
  if (end > parcel.length) return "truncated";
  return {
    type: parcel[at] ?? 0,
    body: parcel.slice(bodyAt, stampLengthAt),
    stamp: parcel.slice(stampLengthAt + 1, end),
  };
}

function check(record: ParcelRecord): ParcelRecord | Broken {
  if (record.type !== ENVELOPE) return { error: "type" };
  try {
    parseEnvelope(record.body);
    return record;
  } catch (refusal) {
    if (refusal instanceof Refusal) return { error: refusal.layer };
    throw refusal;
  }
}
