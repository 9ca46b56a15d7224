import vocabulary from "virtual:vocabulary-report";
import { expect } from "vitest";
import { stretchPassphrase } from "../../../client/desk/argon2.ts";
import {
  type Bytes,
  fromBase64url,
  fromHex,
  fromUtf8,
  toBase64url,
  toHex,
  utf8,
} from "../../../client/shared/bytes.ts";
import { completeCode, RANDOM_DIGITS, readCode } from "../../../client/shared/code.ts";
import { envelopeId, openEnvelope } from "../../../client/shared/envelope.ts";
import { kid, publicKey } from "../../../client/shared/keys.ts";
import {
  type KeySet,
  printDigits,
  rootPrint,
  verifyKeySet,
} from "../../../client/shared/keyset.ts";
import {
  mailboxOf,
  NONCE_BYTES,
  openLetter,
  sealLetter,
  stretchCode,
} from "../../../client/shared/mailbox.ts";
import {
  deriveSecrets,
  memberPrint,
  openGrant,
  unwrapSeed,
} from "../../../client/shared/members.ts";
import { type Broken, type ParcelRecord, parseParcel } from "../../../client/shared/parcel.ts";
import { type PublicJwk, sha256 } from "../../../client/shared/primitives.ts";
import { verifyReceipt } from "../../../client/shared/receipt.ts";
import { type Layer, Refusal } from "../../../client/shared/refusal.ts";
import { encodeReport, parseReport } from "../../../client/shared/report.ts";
import { bytes, bytesOrText, text, type Vector } from "./files.ts";

/** What an operation makes of a vector's input, under the names of its expected output. */
type Operation = (vector: Vector) => Promise<Record<string, unknown>>;

const envelope: Operation = async (vector) => {
  const sealed = bytes(vector, "envelope");
  const seeds = Object.entries(vector.seeds as Record<string, string>);
  const report = await openEnvelope(
    sealed,
    new Map(seeds.map(([name, seed]) => [name, fromHex(seed)])),
  );
  parseReport(report, vocabulary);
  return { report: fromUtf8(report), id: toHex(await envelopeId(sealed)) };
};

const report: Operation = async (vector) => {
  const parsed = parseReport(bytesOrText(vector, "encoded"), vocabulary);
  return { canonical: fromUtf8(encodeReport(parsed)) };
};

const parcel: Operation = async (vector) => ({
  records: await Promise.all(parseParcel(bytes(vector, "parcel")).map(describeRecord)),
});

const describeRecord = async (record: ParcelRecord | Broken) =>
  "error" in record
    ? { refused: record.error }
    : {
        id: toHex(await sha256(record.body)),
        length: record.body.length,
        stamp: toHex(record.stamp),
      };

const keyset: Operation = async (vector) => {
  const keySet = await verifyKeySet(text(vector, "jws"), text(vector, "root_print"));
  const desk = keySet.desk.map((key) => ({ ...key, pub: toBase64url(key.pub) }));
  return { payload: { v: 1, ...keySet, desk } };
};

const receipt: Operation = async (vector) => {
  const keySet = { receipt: vector.receipt_keys as PublicJwk[] } as unknown as KeySet;
  return { payload: { v: 1, ...(await verifyReceipt(text(vector, "jws"), keySet)) } };
};

const passphrase: Operation = async (vector) => {
  const okm = await stretchPassphrase(text(vector, "passphrase"), bytes(vector, "salt"));
  const { auth, wrap } = await deriveSecrets(okm);
  const kept = await sha256(utf8("amana/1/member/auth-hash"), auth);
  return { okm: toHex(okm), auth: toHex(auth), wrap: toHex(wrap), auth_hash: toHex(kept) };
};

const wrappedSeed: Operation = async (vector) => {
  const seed = await unwrapSeed(
    bytes(vector, "wrapped"),
    bytes(vector, "wrap"),
    bytes(vector, "public"),
  );
  return { seed: toHex(seed) };
};

const grant: Operation = async (vector) => {
  const seed = await openGrant(
    bytes(vector, "sealed"),
    bytes(vector, "kid"),
    bytes(vector, "member_seed"),
  );
  return { desk_seed: toHex(seed) };
};

const publicKeyOf: Operation = async (vector) => {
  const made = await publicKey(bytes(vector, "seed"));
  return { public: toHex(made), kid: toHex(await kid(made)) };
};

const rootPrintOf: Operation = async (vector) => {
  const print = await rootPrint(vector.jwk as PublicJwk);
  return { print, digits: printDigits(fromBase64url(print)) };
};

const memberPrintOf: Operation = async (vector) => {
  const print: Bytes = await memberPrint(bytes(vector, "public"));
  return { print: toHex(print), digits: printDigits(print) };
};

const code: Operation = async (vector) => {
  const { digits, slip } = readCode(text(vector, "typed"));
  if (slip !== null) throw new Refusal(slip satisfies Layer);
  expect(completeCode(digits.slice(0, RANDOM_DIGITS))).toBe(digits);
  return { digits };
};

const mailbox: Operation = async (vector) => {
  const secret = await stretchCode(text(vector, "code"));
  const { id, key } = await mailboxOf(secret);
  return { secret: toHex(secret), id, key: toHex(key) };
};

const letter: Operation = async (vector) => {
  const [sealed, key] = [bytes(vector, "sealed"), bytes(vector, "key")];
  const opened = await openLetter(sealed, key);
  const again = await sealLetter(opened, key, sealed.slice(0, NONCE_BYTES));
  return { letter: JSON.stringify(opened), sealed: toHex(again) };
};

/** By the name of the folder. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  envelope,
  report,
  parcel,
  keyset,
  receipt,
  passphrase,
  "wrapped-seed": wrappedSeed,
  grant,
  "public-key": publicKeyOf,
  "root-print": rootPrintOf,
  "member-print": memberPrintOf,
  code,
  mailbox,
  letter,
};

/** What a browser never does. */
export const SERVER_ONLY: readonly string[] = ["decoy-salt", "noise", "recovery"];

/** What a browser cannot do: hash-wasm takes no empty password, and nobody is given one. */
export const NOT_IN_A_BROWSER: readonly string[] = ["passphrase/accept-empty.json"];

/** Members of an accepted vector that are bytes, so that they compare as hexadecimal whichever way they are written. */
export const BYTES: readonly string[] = ["public", "sealed"];
