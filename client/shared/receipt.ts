/** The receipt: the server's signed word that it holds these very bytes (PROTOCOL section 7). */
import { isHexOf } from "./bytes.ts";
import { isDay } from "./days.ts";
import { hasMembers } from "./json.ts";
import { isHeader, splitJws, thumbprint, verifyJws } from "./jws.ts";
import type { KeySet } from "./keyset.ts";
import type { PublicJwk } from "./primitives.ts";
import { Refusal } from "./refusal.ts";

export const TYPE = "amana/1/receipt";
export const STATES = ["stored", "known", "parked"] as const;

const ID_BYTES = 32;

export type State = (typeof STATES)[number];

/** One envelope that the server holds: `id` in hexadecimal, `length` in bytes. */
export type Received = { readonly id: string; readonly length: number; readonly state: State };

/** A verified receipt. */
export type Receipt = { readonly day: string; readonly envelopes: readonly Received[] };

/**
 * Reads a receipt under the receipt keys of a key set.
 * Refuses, in this order, at `json` (parts, header), `kid`, `signature`, `schema` (payload).
 */
export async function verifyReceipt(text: string, keySet: KeySet): Promise<Receipt> {
  const jws = splitJws(text);
  if (!isHeader(jws.header, TYPE, "kid")) throw new Refusal("json");
  const key = await keyNamed(keySet.receipt, jws.header.kid);
  const payload = await verifyJws(jws, key);
  if (!isReceipt(payload)) throw new Refusal("schema");
  return { day: payload.day, envelopes: payload.envelopes };
}

/** Whether a receipt names an envelope with that very id (hexadecimal) and length: only then may it be deleted. */
export const acknowledges = (receipt: Receipt, id: string, length: number): boolean =>
  receipt.envelopes.some((entry) => entry.id === id && entry.length === length);

async function keyNamed(keys: readonly PublicJwk[], name: unknown): Promise<PublicJwk> {
  for (const key of keys) if ((await thumbprint(key)) === name) return key;
  throw new Refusal("kid");
}

const isReceipt = (value: unknown): value is Receipt =>
  hasMembers(value, ["v", "day", "envelopes"]) &&
  value.v === 1 &&
  isDay(value.day) &&
  Array.isArray(value.envelopes) &&
  value.envelopes.every(isReceived);

const isReceived = (value: unknown): value is Received =>
  hasMembers(value, ["id", "length", "state"]) &&
  isHexOf(value.id, ID_BYTES) &&
  isLength(value.length) &&
  STATES.some((state) => state === value.state);

const isLength = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0;
