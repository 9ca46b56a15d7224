/**
 * X-Wing keys and HPKE, the only place that seals and opens (PROTOCOL sections 2 and 3).
 *
 *     HPKE base mode (RFC 9180): KEM 0x647a MLKEM768-X25519, KDF HKDF-SHA256, AEAD AES-256-GCM, no associated data
 *     sealed = enc (1120) || ct (plaintext + 16)
 */
import { Aes256Gcm, CipherSuite, HkdfSha256 } from "@hpke/core";
import { XWing } from "@hpke/hybridkem-x-wing";
import { type Bytes, concat } from "./bytes.ts";
import { sha256 } from "./primitives.ts";
import { Refusal } from "./refusal.ts";

export const SEED_BYTES = 32;
export const PUBLIC_KEY_BYTES = 1216;
export const ENC_BYTES = 1120;
export const TAG_BYTES = 16;
export const KID_BYTES = 8;

const suite = () =>
  new CipherSuite({ kem: new XWing(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** The public key (1216 bytes) of a seed (32 bytes). */
export async function publicKey(seed: Bytes): Promise<Bytes> {
  const kem = new XWing();
  const pair = await kem.generateKeyPairDerand(seed);
  return new Uint8Array(await kem.serializePublicKey(pair.publicKey));
}

/** The short name of a desk key, 8 bytes. */
export const kid = async (desk: Bytes): Promise<Bytes> => (await sha256(desk)).slice(0, KID_BYTES);

/** Seals to a public key; the bytes differ each time. Throws when `recipient` is not 1216 bytes of an X-Wing key. */
export async function hpkeSeal(recipient: Bytes, info: Bytes, plaintext: Bytes): Promise<Bytes> {
  const hpke = suite();
  const recipientPublicKey = await hpke.kem.deserializePublicKey(recipient.slice().buffer);
  const { enc, ct } = await hpke.seal({ recipientPublicKey, info }, plaintext);
  return concat(new Uint8Array(enc), new Uint8Array(ct));
}

/** Opens `enc || ct` with a seed; `Refusal("open")` for another key, other info or changed bytes. */
export async function hpkeOpen(seed: Bytes, info: Bytes, sealed: Bytes): Promise<Bytes> {
  const hpke = suite();
  const recipientKey = await hpke.kem.deserializePrivateKey(seed.slice().buffer);
  const enc = sealed.slice(0, ENC_BYTES);
  try {
    return new Uint8Array(await hpke.open({ recipientKey, enc, info }, sealed.slice(ENC_BYTES)));
  } catch {
    throw new Refusal("open");
  }
}
