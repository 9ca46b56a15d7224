/** WebCrypto, as the protocol uses it (PROTOCOL section 2). HPKE is in keys.ts. */
import { type Bytes, concat, utf8 } from "./bytes.ts";
import { Refusal } from "./refusal.ts";

const SECRET_BITS = 256;
const ITERATIONS = 600_000;
const EMPTY = new Uint8Array(0);

/** A public P-256 key: exactly these members. */
export type PublicJwk = {
  readonly crv: "P-256";
  readonly kty: "EC";
  readonly x: string;
  readonly y: string;
};

/** SHA-256 of the parts, one after the other; 32 bytes. */
export const sha256 = async (...parts: readonly Uint8Array[]): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", concat(...parts)));

/** HKDF-SHA256 with an empty salt; 32 bytes. */
export async function hkdf(secret: Bytes, info: string): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const algorithm = { name: "HKDF", hash: "SHA-256", salt: EMPTY, info: utf8(info) } as const;
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, SECRET_BITS));
}

/** PBKDF2-HMAC-SHA-256, 600000 times; 32 bytes. */
export async function pbkdf2(password: Bytes, salt: Bytes): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const algorithm = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ITERATIONS } as const;
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, SECRET_BITS));
}

/** AES-256-GCM. The nonce (12 bytes) must never serve twice under one key. */
export async function aesSeal(key: Bytes, nonce: Bytes, aad: Bytes, text: Bytes): Promise<Bytes> {
  const imported = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  return new Uint8Array(await crypto.subtle.encrypt(gcm(nonce, aad), imported, text));
}

/** AES-256-GCM; `Refusal("open")` under another key, nonce or associated data. */
export async function aesOpen(key: Bytes, nonce: Bytes, aad: Bytes, sealed: Bytes): Promise<Bytes> {
  const imported = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
  try {
    return new Uint8Array(await crypto.subtle.decrypt(gcm(nonce, aad), imported, sealed));
  } catch {
    throw new Refusal("open");
  }
}

/** Whether an ES256 signature (64 bytes) holds; a key that is not a point of the curve verifies nothing. */
export async function verifyEs256(jwk: PublicJwk, signature: Bytes, text: Bytes): Promise<boolean> {
  const { crv, kty, x, y } = jwk;
  const curve = { name: "ECDSA", namedCurve: "P-256" } as const;
  try {
    const key = await crypto.subtle.importKey("jwk", { crv, kty, x, y }, curve, false, ["verify"]);
    const algorithm = { name: "ECDSA", hash: "SHA-256" } as const;
    return await crypto.subtle.verify(algorithm, key, signature, text);
  } catch {
    return false;
  }
}

const gcm = (iv: Bytes, additionalData: Bytes) =>
  ({ name: "AES-GCM", iv, additionalData }) as const;
