/** The worker's keys. They live in this module's memory and end with the worker; nothing writes them down. */
import { type Bytes, fromHex } from "../../shared/bytes.ts";
import { printDigits } from "../../shared/keyset.ts";
import { deriveSecrets, memberPrint, openGrant, unwrapSeed } from "../../shared/members.ts";
import { viewsKey } from "../../shared/notes.ts";
import { Refusal } from "../../shared/refusal.ts";
import { stretchPassphrase } from "../argon2.ts";
import type { SealedGrant, Tasks } from "./messages.ts";

let wrap: Bytes | null = null;
let seeds: ReadonlyMap<string, Bytes> = new Map();
let views: Bytes | null = null;

/** What opens the member's own views; `Refusal("open")` before the vault is unlocked. */
export function ownViewsKey(): Bytes {
  if (views === null) throw new Refusal("open");
  return views;
}

/** Desk seeds by the hexadecimal kid of their key. */
export const deskSeeds = (): ReadonlyMap<string, Bytes> => seeds;

/** Takes seeds that the vault lends to this worker. */
export function borrow(lent: ReadonlyMap<string, Bytes>): void {
  seeds = lent;
}

/** The part of the passphrase that signs in is answered; the part that unwraps stays here. */
export async function stretch({
  passphrase,
  salt,
}: Tasks["stretch"]["ask"]): Promise<Tasks["stretch"]["answer"]> {
  const secrets = await deriveSecrets(await stretchPassphrase(passphrase, salt));
  wrap = secrets.wrap;
  return { auth: secrets.auth };
}

/** The grant's seed, or null when it does not open: one bad grant must not close the others. */
async function tryGrant({ kid, sealed }: SealedGrant, memberSeed: Bytes) {
  try {
    return [kid, await openGrant(sealed, fromHex(kid), memberSeed)] as const;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** Refuses with `open` when the passphrase does not unwrap the seed, or was not stretched before. */
export async function unlock({
  publicKey,
  wrappedSeed,
  grants,
}: Tasks["unlock"]["ask"]): Promise<Tasks["unlock"]["answer"]> {
  if (wrap === null) throw new Refusal("open");
  const memberSeed = await unwrapSeed(wrappedSeed, wrap, publicKey);
  wrap = null;
  views = await viewsKey(memberSeed);
  const opened = await Promise.all(grants.map((grant) => tryGrant(grant, memberSeed)));
  seeds = new Map(opened.filter((entry) => entry !== null));
  return { kids: [...seeds.keys()], digits: printDigits(await memberPrint(publicKey)) };
}
