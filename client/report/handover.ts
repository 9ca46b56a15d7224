/** Sealed reports on their way from one phone to another without a network: parcels out, parcels in. */
import { type Bytes, toHex } from "../shared/bytes.ts";
import { envelopeId, parseEnvelope } from "../shared/envelope.ts";
import { encodeParcel, fitParcel, parseParcel } from "../shared/parcel.ts";
import { Refusal } from "../shared/refusal.ts";
import type { Carried } from "./carried.ts";
import type { KeyRing } from "./keys.ts";
import { BROKEN, type Outbox } from "./outbox.ts";

/** Everything that waits here, in as few parcels as hold it. What is damaged stays behind. */
export async function parcelsOf(outbox: Outbox): Promise<Bytes[]> {
  const read = await Promise.all(outbox.waiting.map(({ id }) => outbox.read(id)));
  return packed(read.filter((bytes): bytes is Bytes => bytes !== null && bytes !== BROKEN));
}

function packed(envelopes: readonly Bytes[]): Bytes[] {
  const parcels: Bytes[][] = [];
  for (const envelope of envelopes) {
    const last = parcels[parcels.length - 1] ?? [];
    const fits = fitParcel([...last, envelope].map(({ length }) => length));
    if (fits && last.length > 0) last.push(envelope);
    else parcels.push([envelope]);
  }
  return parcels.map(encodeParcel);
}

/** How many reports were in a parcel, and how many of them are sealed to a key that this phone does not know. */
export type TakenOver = { readonly reports: number; readonly foreign: number };

/** Keeps the whole envelopes of a parcel that somebody else gave; null when it is no parcel. */
export async function carry(
  parcel: Bytes,
  outbox: Outbox,
  carried: Carried,
  { set }: KeyRing,
): Promise<TakenOver | null> {
  const envelopes = envelopesIn(parcel);
  for (const envelope of envelopes ?? []) {
    const id = toHex(await envelopeId(envelope));
    const isHere = outbox.waiting.some((waiting) => waiting.id === id);
    if (!isHere) await carried.add(id);
    await outbox.put(id, envelope);
  }
  const known = set?.desk.map(({ kid }) => kid) ?? [];
  const foreign = envelopes?.filter((envelope) => !known.includes(parseEnvelope(envelope).kid));
  return envelopes && { reports: envelopes.length, foreign: foreign?.length ?? 0 };
}

function envelopesIn(parcel: Bytes): Bytes[] | null {
  try {
    return parseParcel(parcel).flatMap((record) => ("body" in record ? [record.body] : []));
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
