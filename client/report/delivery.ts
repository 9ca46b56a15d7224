/** One parcel's journey: what the answer means, and what it proves. */

import { type Bytes, utf8 } from "../shared/bytes.ts";
import { has, isObject, parseJson } from "../shared/json.ts";
import { encodeParcel } from "../shared/parcel.ts";
import { acknowledges, type Receipt, verifyReceipt } from "../shared/receipt.ts";
import { type Answer, postParcel } from "./api.ts";
import type { KeyRing } from "./keys.ts";

export type Envelope = { readonly id: string; readonly bytes: Bytes };

/**
 * Why nothing was delivered. `silence`: no answer. `strange`: an answer, but not the server's (a login page).
 * `busy`: later. `refused`: the parcel as a whole. `receipt`: the receipt does not prove anything. `storage`: it
 * does, and the copies on this phone cannot be deleted.
 */
export type Trouble = "silence" | "strange" | "busy" | "refused" | "receipt" | "storage";

export type Delivery =
  | { readonly trouble: Trouble; readonly retryAfter: number }
  | {
      readonly trouble: null;
      /** Proven to be held by the organisation. */
      readonly received: readonly string[];
      /** Not taken, each for its reason. */
      readonly refused: readonly (readonly [id: string, reason: string])[];
    };

const BUSY = [408, 425, 429];
const REFUSED = [400, 413, 415, 422];

/**
 * Sends envelopes in one parcel, from origin to origin until one takes it or asks for patience: whoever refuses without
 * a receipt may be a filter on the way. Nothing counts as received without a verified receipt that names id and length.
 * The trouble told is that of the first origin.
 */
export async function deliver(envelopes: readonly Envelope[], keys: KeyRing): Promise<Delivery> {
  const parcel = encodeParcel(envelopes.map(({ bytes }) => bytes));
  let first: Delivery | null = null;
  for (const origin of keys.origins) {
    const delivery = await deliverTo(origin, parcel, envelopes, keys);
    first ??= delivery;
    if (isAnswered(delivery)) return delivery;
  }
  return first ?? { trouble: "silence", retryAfter: 0 };
}

/** Whether asking at another origin would gain nothing: it is delivered, or the server asks for patience. */
const isAnswered = (delivery: Delivery): boolean =>
  delivery.trouble === null || delivery.retryAfter > 0;

async function deliverTo(
  origin: string,
  parcel: Bytes,
  envelopes: readonly Envelope[],
  keys: KeyRing,
): Promise<Delivery> {
  const answer = await postParcel(parcel, origin);
  const trouble = troubleWith(answer);
  const retryAfter = answer.kind === "answer" ? answer.retryAfter : 0;
  if (trouble !== null || answer.kind !== "answer") {
    return { trouble: trouble ?? "silence", retryAfter };
  }
  const body = readBody(answer.text);
  if (!body) return { trouble: "strange", retryAfter };
  const receipt = await verify(body.receipt, keys);
  if (!receipt) return { trouble: "receipt", retryAfter };
  keys.heard(origin, receipt.day);
  return read(envelopes, receipt, body.envelopes);
}

export function troubleWith(answer: Answer): Trouble | null {
  if (answer.kind === "silence") return "silence";
  const { status } = answer;
  if (status >= 200 && status < 300) return null;
  if (status >= 500 || BUSY.includes(status)) return "busy";
  return REFUSED.includes(status) ? "refused" : "strange";
}

type Body = { readonly receipt: string; readonly envelopes: readonly unknown[] };

function readBody(text: string): Body | null {
  try {
    const body = parseJson(utf8(text));
    const fits =
      isObject(body) && typeof body.receipt === "string" && Array.isArray(body.envelopes);
    return fits ? (body as Body) : null;
  } catch {
    return null;
  }
}

/** The receipt, verified; a receipt under a key not known yet is worth a new look at the key set. */
async function verify(jws: string, keys: KeyRing): Promise<Receipt | null> {
  for (const look of [false, true]) {
    if (look && !(await keys.refresh())) return null;
    try {
      if (keys.set) return await verifyReceipt(jws, keys.set);
    } catch {
      // Not under these keys.
    }
  }
  return null;
}

function read(
  envelopes: readonly Envelope[],
  receipt: Receipt,
  states: readonly unknown[],
): Delivery {
  const received = envelopes.filter(({ id, bytes }) => acknowledges(receipt, id, bytes.length));
  const refused = envelopes.flatMap(({ id }, at): [string, string][] => {
    const reason = refusalIn(states[at]);
    return reason === null || received.some((held) => held.id === id) ? [] : [[id, reason]];
  });
  return { trouble: null, received: received.map(({ id }) => id), refused };
}

/** What is said of a parcel that was not whole when it came. The record was whole when it went. */
const LOST_ON_THE_WAY = ["truncated", "too_many"];

function refusalIn(state: unknown): string | null {
  if (!isObject(state) || state.state !== "refused") return null;
  const reason = has(state, "error") ? String(state.error) : "refused";
  return LOST_ON_THE_WAY.includes(reason) ? null : reason;
}
