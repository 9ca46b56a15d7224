/**
 * The envelope: one report, padded to a size class and sealed to a desk key (PROTOCOL section 5).
 *
 *     "AMN" 0x01 | kid (8) | enc (1120) | ct (class + 16)
 *     plaintext = u32 length || report || zeros, filled up to a size class
 *     info      = "amana/1/report" || kid
 */
import { type Bytes, concat, readU32, startsWith, toHex, u32, utf8 } from "./bytes.ts";
import { ENC_BYTES, hpkeOpen, hpkeSeal, KID_BYTES, kid, TAG_BYTES } from "./keys.ts";
import { sha256 } from "./primitives.ts";
import { Refusal } from "./refusal.ts";

/** Lengths of a padded report in bytes. */
export const CLASSES: readonly number[] = [1024, 2048, 4096, 8192, 16384];
export const MAX_REPORT_BYTES = 15 * 1024;

const MAGIC = Uint8Array.of(0x41, 0x4d, 0x4e, 1);
const INFO = utf8("amana/1/report");
const LENGTH_BYTES = 4;
const ENC_AT = MAGIC.length + KID_BYTES;
const CT_AT = ENC_AT + ENC_BYTES;

/** Lengths of an envelope in bytes: 2172, 3196, 5244, 9340, 17532. */
export const LENGTHS: readonly number[] = CLASSES.map((size) => CT_AT + size + TAG_BYTES);

/** `kid` is written in hexadecimal, to be looked up; `sealed` is enc || ct. */
export type Envelope = { readonly kid: string; readonly sealed: Bytes };

/** Seals an encoded report to a desk key (1216 bytes). `Refusal("length")` beyond 15360 bytes. */
export async function sealReport(report: Bytes, desk: Bytes): Promise<Bytes> {
  const name = await kid(desk);
  const sealed = await hpkeSeal(desk, concat(INFO, name), pad(report));
  return concat(MAGIC, name, sealed);
}

/** Reads the outside of an envelope: `length`, then `version`. */
export function parseEnvelope(envelope: Bytes): Envelope {
  if (!LENGTHS.includes(envelope.length)) throw new Refusal("length");
  if (!startsWith(envelope, MAGIC)) throw new Refusal("version");
  return { kid: toHex(envelope.subarray(MAGIC.length, ENC_AT)), sealed: envelope.slice(ENC_AT) };
}

/**
 * The encoded report inside, with the desk seeds at hand by kid in hexadecimal.
 * Refuses at `length`, `version`, `kid`, `open` or `padding`; `parseReport` reads on.
 */
export async function openEnvelope(
  envelope: Bytes,
  seeds: ReadonlyMap<string, Bytes>,
): Promise<Bytes> {
  const parsed = parseEnvelope(envelope);
  const seed = seeds.get(parsed.kid);
  if (seed === undefined) throw new Refusal("kid");
  const info = concat(INFO, envelope.subarray(MAGIC.length, ENC_AT));
  return unpad(await hpkeOpen(seed, info, parsed.sealed));
}

/** The 32-byte id of an envelope. */
export const envelopeId = (envelope: Bytes): Promise<Bytes> => sha256(envelope);

/** Fills a report up to the smallest size class that holds it and its length. */
export function pad(report: Bytes): Bytes {
  if (report.length > MAX_REPORT_BYTES) throw new Refusal("length");
  const padded = new Uint8Array(classFor(report.length) ?? 0);
  padded.set(u32(report.length));
  padded.set(report, LENGTH_BYTES);
  return padded;
}

/** The report inside a padded plaintext; `Refusal("padding")` for what `pad` does not make. */
export function unpad(padded: Bytes): Bytes {
  const length = readU32(padded, 0);
  const smallest = classFor(length) === padded.length;
  const filler = padded.subarray(LENGTH_BYTES + length);
  if (!smallest || filler.some((byte) => byte !== 0)) throw new Refusal("padding");
  return padded.slice(LENGTH_BYTES, LENGTH_BYTES + length);
}

const classFor = (length: number): number | undefined =>
  CLASSES.find((size) => size >= LENGTH_BYTES + length);
