/** The key set: what an organisation says about its keys, signed by its root (PROTOCOL section 3). */
import { type Bytes, fromBase64url, isBase64urlOf, isHexOf, toHex } from "./bytes.ts";
import { isDay } from "./days.ts";
import { hasMembers, isText, matches } from "./json.ts";
import { isHeader, isPublicJwk, splitJws, thumbprint, verifyJws } from "./jws.ts";
import { KID_BYTES, kid, PUBLIC_KEY_BYTES } from "./keys.ts";
import type { PublicJwk } from "./primitives.ts";
import { Refusal } from "./refusal.ts";

export const TYPE = "amana/1/keyset";
export const PRINT_BYTES = 32;
export const MAX_ORG_CHARS = 200;

const PAYLOAD = ["v", "org", "issued", "desk", "receipt", "roots", "origins"];
const DESK = ["kid", "pub", "from", "until"];
const ORIGIN = /^https?:\/\/[a-z0-9.:[\]-]{1,250}$/;

/** A desk key: `kid` in hexadecimal, `pub` 1216 bytes, and the days it was meant for. */
export type DeskKey = {
  readonly kid: string;
  readonly pub: Bytes;
  readonly from: string;
  readonly until: string;
};

/** A verified key set. Reports are sealed to the last entry of `desk`. */
export type KeySet = {
  readonly org: string;
  readonly issued: string;
  readonly desk: readonly [DeskKey, ...DeskKey[]];
  readonly receipt: readonly PublicJwk[];
  readonly roots: readonly string[];
  readonly origins: readonly string[];
};

/**
 * Reads a key set under a pinned root print (43 characters of base64url).
 * Refuses, in this order, at `json` (parts, header), `pin`, `signature`, `schema` (payload).
 */
export async function verifyKeySet(text: string, rootPrint: string): Promise<KeySet> {
  const jws = splitJws(text);
  const root = jws.header.jwk;
  if (!isHeader(jws.header, TYPE, "jwk") || !isPublicJwk(root)) throw new Refusal("json");
  if ((await thumbprint(root)) !== rootPrint) throw new Refusal("pin");
  return readKeySet(await verifyJws(jws, root));
}

/** The desk key that reports are sealed to: the last, whatever any clock says. */
export const sealingKey = ({ desk }: KeySet): DeskKey => desk[desk.length - 1] ?? desk[0];

/** The root print of a root key: its JWK thumbprint. */
export const rootPrint: (root: PublicJwk) => Promise<string> = thumbprint;

/** A 32-byte print as people read it out: six groups of five digits, separated by spaces. */
export function printDigits(print: Uint8Array): string {
  if (print.length !== PRINT_BYTES) throw new RangeError("a print has 32 bytes");
  const groups = [0, 5, 10, 15, 20, 25].map((at) => {
    const value = print.subarray(at, at + 5).reduce((sum, byte) => sum * 256 + byte, 0);
    return String(value % 100_000).padStart(5, "0");
  });
  return groups.join(" ");
}

async function readKeySet(payload: unknown): Promise<KeySet> {
  if (!isKeySet(payload)) throw new Refusal("schema");
  const { org, issued, receipt, roots, origins } = payload;
  const [first, ...more] = await Promise.all(payload.desk.map(readDeskKey));
  if (first === undefined) throw new Refusal("schema");
  return { org, issued, desk: [first, ...more], receipt, roots, origins };
}

async function readDeskKey(entry: WrittenDeskKey): Promise<DeskKey> {
  const pub = fromBase64url(entry.pub);
  if (toHex(await kid(pub)) !== entry.kid) throw new Refusal("schema");
  return { kid: entry.kid, pub, from: entry.from, until: entry.until };
}

type WrittenDeskKey = { kid: string; pub: string; from: string; until: string };
type WrittenKeySet = Omit<KeySet, "desk"> & { readonly desk: readonly WrittenDeskKey[] };

const isKeySet = (value: unknown): value is WrittenKeySet =>
  hasMembers(value, PAYLOAD) &&
  value.v === 1 &&
  isText(value.org, MAX_ORG_CHARS) &&
  isDay(value.issued) &&
  isListOf(value.desk, isDeskKey, 1) &&
  isListOf(value.receipt, isPublicJwk, 1) &&
  isListOf(value.roots, isPrint, 0) &&
  isListOf(value.origins, isOrigin, 0);

const isDeskKey = (value: unknown): value is WrittenDeskKey =>
  hasMembers(value, DESK) &&
  isHexOf(value.kid, KID_BYTES) &&
  isBase64urlOf(value.pub, PUBLIC_KEY_BYTES) &&
  isDay(value.from) &&
  isDay(value.until);

const isPrint = (value: unknown): value is string => isBase64urlOf(value, PRINT_BYTES);

const isOrigin = (value: unknown): value is string => matches(ORIGIN, value);

const isListOf = <T>(
  value: unknown,
  isItem: (item: unknown) => item is T,
  atLeast: number,
): value is T[] => Array.isArray(value) && value.length >= atLeast && value.every(isItem);
