/** An organisation for tests: signs key sets and receipts, and answers parcels as PROTOCOL section 7 has it. */
import { createHash } from "node:crypto";
import { type Bytes, toBase64url, toHex, utf8 } from "../../../client/shared/bytes.ts";
import { thumbprint } from "../../../client/shared/jws.ts";
import { kid } from "../../../client/shared/keys.ts";
import { parseParcel } from "../../../client/shared/parcel.ts";

const ES256 = { name: "ECDSA", namedCurve: "P-256" } as const;
const SHA256 = { name: "ECDSA", hash: "SHA-256" } as const;
const DESK_KEY_BYTES = 1216;

type Signer = {
  readonly secret: CryptoKey;
  readonly jwk: { crv: "P-256"; kty: "EC"; x: string; y: string };
};

export async function makeSigner(): Promise<Signer> {
  const pair = await crypto.subtle.generateKey(ES256, true, ["sign", "verify"]);
  const { x = "", y = "" } = await crypto.subtle.exportKey("jwk", pair.publicKey);
  return { secret: pair.privateKey, jwk: { crv: "P-256", kty: "EC", x, y } };
}

export async function sign(signer: Signer, header: object, payload: object): Promise<string> {
  const written = [header, payload]
    .map((part) => toBase64url(utf8(JSON.stringify(part))))
    .join(".");
  const signature = await crypto.subtle.sign(SHA256, signer.secret, utf8(written));
  return `${written}.${toBase64url(new Uint8Array(signature))}`;
}

/** A key set of `issued`, under `root`. The desk key is a shape only: nobody opens anything here. */
export async function signKeySet(
  root: Signer,
  receipt: Signer,
  { issued = "2025-03-01", org = "Aid", roots = [] as string[], origins = [] as string[] } = {},
): Promise<string> {
  const pub = new Uint8Array(DESK_KEY_BYTES);
  const desk = [
    { kid: toHex(await kid(pub)), pub: toBase64url(pub), from: issued, until: "2026-03-01" },
  ];
  const header = { alg: "ES256", typ: "amana/1/keyset", jwk: root.jwk };
  return sign(root, header, {
    v: 1,
    org,
    issued,
    desk,
    receipt: [receipt.jwk],
    roots,
    origins,
  });
}

export const printOf = (signer: Signer): Promise<string> => thumbprint(signer.jwk);

/** The answer to a parcel: everything is held as `state` says, but for the ids in `refused`, by `error`. */
export async function answerParcel(
  receipt: Signer,
  parcel: Bytes,
  refused: readonly string[] = [],
  state: "stored" | "known" = "stored",
  error = "version",
): Promise<string> {
  const held = parseParcel(parcel).map((record) => {
    if (!("body" in record)) throw new Error("a record that is no envelope was sent");
    return { id: idOf(record.body), length: record.body.length };
  });
  const isRefused = ({ id }: { id: string }): boolean => refused.includes(id);
  const stored = held.filter((one) => !isRefused(one)).map((one) => ({ ...one, state }));
  const header = { alg: "ES256", typ: "amana/1/receipt", kid: await printOf(receipt) };
  const signed = await sign(receipt, header, { v: 1, day: "2025-03-07", envelopes: stored });
  const envelopes = held.map((one) =>
    isRefused(one) ? { id: one.id, state: "refused", error } : { id: one.id, state },
  );
  return JSON.stringify({ receipt: signed, envelopes });
}

export const idOf = (envelope: Uint8Array): string =>
  createHash("sha256").update(envelope).digest("hex");

/** Something of an envelope's form: the smallest class, with a content of its own. */
export function envelope(content: number): Bytes {
  const bytes = new Uint8Array(2172);
  bytes.set(utf8("AMN"));
  bytes[3] = 1;
  bytes[4] = content;
  return bytes;
}
