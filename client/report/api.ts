/**
 * The only place that speaks to the network.
 *
 * Every request refuses redirects, sends no credentials and is given up when nothing moves. A status alone never means
 * success here: the caller decides by what it can verify.
 */

import { utf8 } from "../shared/bytes.ts";
import { sha256 } from "../shared/primitives.ts";
import { dayOf } from "./clock.ts";

/** Milliseconds without a sign of life after which a request is given up. */
const SILENCE = 30_000;
/** Bytes per millisecond below which an upload counts as dead. */
const SLOWEST_UPLOAD = 0.5;
/** Longer answers are not ours. */
const MAX_ANSWER_BYTES = 512 * 1024;
/** A server may ask for patience, in milliseconds, up to this. */
export const LONGEST_PATIENCE = 3_600_000;

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
  return seconds > 0 ? Math.min(seconds * 1000, LONGEST_PATIENCE) : 0;
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

/** Whether an address of this origin answers as it should. */
export const isThere = (url: string): Promise<boolean> =>
  fetch(url, PLAIN).then(
    ({ status }) => status === 200,
    () => false,
  );

/** No cache answers a POST, and the server forbids to keep what it answers: asking for that too costs 43 bytes. */
const PARCEL: RequestInit = {
  method: "POST",
  cache: "default",
  headers: { "content-type": "application/octet-stream" },
};

/** Has the browser delete what only it can: the files in its own cache, and what databases leave behind on the disk. */
export const clearSite = (): Promise<unknown> =>
  // Without credentials, of which there are none, a browser would not do it.
  fetch("/api/v1/clear", { ...PLAIN, method: "POST", credentials: "same-origin" }).catch(
    () => undefined,
  );

/** Sends a parcel to an origin, "" for the own. The bytes are kept by the caller, so every try is a fresh request. */
export const postParcel = (parcel: Uint8Array<ArrayBuffer>, origin: string): Promise<Answer> =>
  ask(
    `${origin}/api/v1/parcels`,
    { ...PARCEL, body: parcel },
    SILENCE + parcel.length / SLOWEST_UPLOAD,
  );

/** The key set as an origin serves it, "" for the own: compact JWS, not verified. */
export const getKeySet = (origin: string): Promise<Answer> =>
  ask(`${origin}/keys.jws`, {}, SILENCE);

/** What lies in a mailbox, for everybody who asks at an origin. */
export const getLetter = (mailbox: string, origin: string): Promise<Answer> =>
  ask(`${origin}/api/v1/mailboxes/${mailbox}`, {}, SILENCE);

/**
 * A part by its address, whole by its `integrity`. A browser that checked that itself would show nothing of it before
 * the end, and a slow one would pass for dead. `fresh` goes past a cache that holds rubbish.
 */
export async function getPart(url: string, integrity: string, fresh: boolean): Promise<string> {
  const watchdog = new Watchdog(SILENCE);
  const cache = fresh ? "reload" : "default";
  try {
    const response = await fetch(url, { ...PLAIN, cache, signal: watchdog.signal });
    const text = await readText(response, () => watchdog.alive());
    if ((await integrityOf(text)) !== integrity) throw new TypeError("not this part");
    return text;
  } finally {
    watchdog.stop();
  }
}

const integrityOf = async (text: string): Promise<string> =>
  `sha256-${btoa(String.fromCharCode(...(await sha256(utf8(text)))))}`;
