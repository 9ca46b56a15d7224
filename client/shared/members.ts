/** Members: from the stretched passphrase to keys, the wrapped seed, grants (PROTOCOL sections 3 and 8). */
import { type Bytes, concat, equalBytes, utf8 } from "./bytes.ts";
import {
  ENC_BYTES,
  hpkeOpen,
  hpkeSeal,
  kid as kidOf,
  publicKey,
  SEED_BYTES,
  TAG_BYTES,
} from "./keys.ts";
import { aesOpen, aesSeal, hkdf, sha256 } from "./primitives.ts";
import { Refusal } from "./refusal.ts";

/** Argon2id parameters of the passphrase; `memory` in KiB. */
export const ARGON2 = { memory: 64 * 1024, passes: 3, lanes: 1, bytes: 32 } as const;
export const SALT_BYTES = 16;
export const NONCE_BYTES = 12;
export const WRAPPED_BYTES = NONCE_BYTES + SEED_BYTES + TAG_BYTES;
export const GRANT_BYTES = ENC_BYTES + SEED_BYTES + TAG_BYTES;

const SEED = utf8("amana/1/member/seed");
const PRINT = utf8("amana/1/member/print");
const GRANT = utf8("amana/1/grant");

/** What a passphrase gives: `auth` (32 bytes) is sent to sign in, `wrap` (32) never is. */
export type MemberSecrets = { readonly auth: Bytes; readonly wrap: Bytes };

/** What Argon2id is run on. */
export const passphraseBytes = (passphrase: string): Bytes => utf8(passphrase.normalize("NFKC"));

/** Parts the 32-byte `okm` of Argon2id into what is sent and what stays. */
export async function deriveSecrets(okm: Bytes): Promise<MemberSecrets> {
  const [auth, wrap] = await Promise.all([
    hkdf(okm, "amana/1/member/auth"),
    hkdf(okm, "amana/1/member/wrap"),
  ]);
  return { auth, wrap };
}

/** Wraps a member's seed: `nonce (12) || ct (48)`. The nonce must never serve twice under one `wrap`. */
export async function wrapSeed(seed: Bytes, wrap: Bytes, nonce: Bytes): Promise<Bytes> {
  if (nonce.length !== NONCE_BYTES) throw new RangeError("a nonce has 12 bytes");
  const aad = concat(SEED, await publicKey(seed));
  return concat(nonce, await aesSeal(wrap, nonce, aad, seed));
}

/** The member's seed. Refuses at `length` (60 bytes), at `open` for another passphrase or public key. */
export async function unwrapSeed(wrapped: Bytes, wrap: Bytes, member: Bytes): Promise<Bytes> {
  if (wrapped.length !== WRAPPED_BYTES) throw new Refusal("length");
  const nonce = wrapped.slice(0, NONCE_BYTES);
  return aesOpen(wrap, nonce, concat(SEED, member), wrapped.slice(NONCE_BYTES));
}

/** Seals a desk key's seed to a member's public key, 1168 bytes. */
export const grant = (deskSeed: Bytes, kid: Bytes, member: Bytes): Promise<Bytes> =>
  hpkeSeal(member, concat(GRANT, kid), deskSeed);

/**
 * The desk seed in a grant. Refuses at `length` (1168 bytes), at `open` for another seed or kid, at `kid` when the
 * seed inside is not that desk key's.
 */
export async function openGrant(sealed: Bytes, kid: Bytes, memberSeed: Bytes): Promise<Bytes> {
  if (sealed.length !== GRANT_BYTES) throw new Refusal("length");
  const seed = await hpkeOpen(memberSeed, concat(GRANT, kid), sealed);
  if (!equalBytes(await kidOf(await publicKey(seed)), kid)) throw new Refusal("kid");
  return seed;
}

/** The 32-byte print of a member's key; people see its `printDigits`. */
export const memberPrint = (member: Bytes): Promise<Bytes> => sha256(PRINT, member);
