/** A new member's keys, and grants to a colleague whose key was compared by voice. */
import { type Bytes, fromHex, toHex } from "../../shared/bytes.ts";
import { publicKey as publicOf, SEED_BYTES } from "../../shared/keys.ts";
import { printDigits } from "../../shared/keyset.ts";
import {
  deriveSecrets,
  memberPrint,
  NONCE_BYTES,
  SALT_BYTES,
  grant as sealGrant,
  wrapSeed,
} from "../../shared/members.ts";
import { stretchPassphrase } from "../argon2.ts";
import { deskSeeds } from "./keys.ts";
import type { Tasks } from "./messages.ts";

const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));

const digitsOf = async (key: Bytes): Promise<string> => printDigits(await memberPrint(key));

/** Makes a member's keys from a passphrase. The seed leaves this worker wrapped, the passphrase not at all. */
export async function enrol({
  passphrase,
}: Tasks["enrol"]["ask"]): Promise<Tasks["enrol"]["answer"]> {
  const salt = random(SALT_BYTES);
  const seed = random(SEED_BYTES);
  const { auth, wrap } = await deriveSecrets(await stretchPassphrase(passphrase, salt));
  const publicKey = await publicOf(seed);
  const wrappedSeed = await wrapSeed(seed, wrap, random(NONCE_BYTES));
  return { salt, auth, publicKey, wrappedSeed, digits: await digitsOf(publicKey) };
}

/** The digits of members' keys, in their order. */
export const digits = async ({
  keys,
}: Tasks["digits"]["ask"]): Promise<Tasks["digits"]["answer"]> => ({
  digits: await Promise.all(keys.map(digitsOf)),
});

/** Seals every desk seed that is at hand and wanted to a member's key. */
export async function grant({
  publicKey,
  kids,
}: Tasks["grant"]["ask"]): Promise<Tasks["grant"]["answer"]> {
  const grants: { kid: string; sealed: Bytes }[] = [];
  for (const [kid, seed] of deskSeeds()) {
    if (!kids.includes(kid)) continue;
    grants.push({ kid, sealed: await sealGrant(seed, fromHex(kid), publicKey) });
  }
  return { keyPrint: toHex(await memberPrint(publicKey)), grants };
}
