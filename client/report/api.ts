/**
 * The only place that speaks to the network.
 *
 * Every request refuses redirects, sends no credentials and is given up when nothing moves. A status alone never means
 * success here: the caller decides by what it can verify.
 */

import { dayOf } from "./clock.ts";

/** Milliseconds without a sign of life after which a request is given up. */
const SILENCE = 30_000;
/** Bytes per millisecond below which an upload counts as dead. */
const SLOWEST_UPLOAD = 0.5;
/** Longer answers are not ours. */
const MAX_ANSWER_BYTES = 512 * 1024;
/** A server may ask for patience, in seconds, up to this. */
const LONGEST_PATIENCE = 3600;

/**
 * What came back. `silence`: nobody answered, or the answer broke off. `retryAfter` is in milliseconds, `day` what the
 * one who answered calls today, or empty.
 */
export type Answer =
  | { readonly kind: "silence" }
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly text: string;
      readonly retryAfter: number;
      readonly day: string;
    };

const PLAIN: RequestInit = {
  redirect: "error",
  credentials: "omit",
  cache: "no-store",
  referrerPolicy: "no-referrer",
};

/** Aborts a request unless `alive` is called often enough. */
class Watchdog {
  readonly #controller = new AbortController();
  #timer: ReturnType<typeof setTimeout>;

  constructor(patience: number) {
    this.#timer = this.#set(patience);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  alive(): void {
    this.stop();
    this.#timer = this.#set(SILENCE);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #set(patience: number): ReturnType<typeof setTimeout> {
    return setTimeout(() => this.#controller.abort(), patience);
  }
}

/** Reads a body to its end; a body that is too long or breaks off is an error. */
async function readText(response: Response, alive: () => void): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    alive();
    bytes += value.length;
    if (bytes > MAX_ANSWER_BYTES) throw new RangeError("answer too long");
    text += decoder.decode(value, { stream: true });
  }
  return text + decoder.decode();
}

/** `Retry-After` in seconds as milliseconds, 0 without one. The form with a date is ignored: clocks are wrong. */
function retryAfter(headers: Headers): number {
  const seconds = Number(headers.get("retry-after"));
  return seconds > 0 ? Math.min(seconds, LONGEST_PATIENCE) * 1000 : 0;
}

async function ask(url: string, init: RequestInit, patience: number): Promise<Answer> {
  const watchdog = new Watchdog(patience);
  try {
    const response = await fetch(url, { ...PLAIN, ...init, signal: watchdog.signal });
    watchdog.alive();
    const text = await readText(response, () => watchdog.alive());
    const { status, headers } = response;
    const day = dayOf(headers.get("date"));
    return { kind: "answer", status, text, retryAfter: retryAfter(headers), day };
  } catch {
    return { kind: "silence" };
  } finally {
    watchdog.stop();
  }
}

/** Sends a parcel to an origin, "" for the own. The bytes are kept by the caller, so every try is a fresh request. */
export const postParcel = (parcel: Uint8Array<ArrayBuffer>, origin: string): Promise<Answer> =>
  ask(
    `${origin}/api/v1/parcels`,
    { method: "POST", body: parcel, headers: { "content-type": "application/octet-stream" } },
    SILENCE + parcel.length / SLOWEST_UPLOAD,
  );

/** The key set as an origin serves it, "" for the own: compact JWS, not verified. */
export const getKeySet = (origin: string): Promise<Answer> =>
  ask(`${origin}/keys.jws`, {}, SILENCE);

/** A part by its address; the browser checks it against `integrity`. `fresh` goes past a cache that holds rubbish. */
export async function getPart(url: string, integrity: string, fresh: boolean): Promise<string> {
  const watchdog = new Watchdog(SILENCE);
  const cache = fresh ? "reload" : "default";
  try {
    const response = await fetch(url, { ...PLAIN, cache, integrity, signal: watchdog.signal });
    return await readText(response, () => watchdog.alive());
  } finally {
    watchdog.stop();
  }
}
