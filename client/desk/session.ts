/**
 * A member's session: the bearer token in memory, the vault with the keys, and signing in again in place when the server
 * has ended it. Nothing of it is stored; closing it ends the worker and with it every key.
 */
import type { Bytes } from "../shared/bytes.ts";
import type { FactorWanted, Member, SignedIn } from "./answers.ts";
import {
  type Access,
  closeSession,
  type FactorProof,
  fetchMember,
  fetchSalt,
  openSession,
  Problem,
  proveFactor,
} from "./api.ts";
import { type Vault, VaultRefusal } from "./vault/client.ts";

/** What the vault learned when it unlocked: which desk keys are at hand, and the digits of the member's key. */
export interface Unlocked {
  readonly kids: readonly string[];
  readonly digits: string;
}

/** The roles that may read reports. */
const READERS = new Set(["reviewer", "administrator"]);

/** The roles that decide what leaves the organisation. */
const RELEASERS = new Set(["coordinator", "administrator"]);

/** How a screen asks the member for what a passphrase alone does not give. Both reject when the member gives up. */
export interface Asks {
  /** The proof of a second factor; `problem` is the code of why the last one did not do. */
  readonly factor: (wanted: FactorWanted, problem: string | null) => Promise<FactorProof>;
  /** Resolves when the member has added a second factor. */
  readonly enrol: (access: Access, name: string) => Promise<void>;
}

/** Whoever signs in, signed in: the token and the member's keys. */
interface SignedInMember {
  readonly token: string;
  readonly member: Member;
}

/** After these the passphrase has to be given again. */
const ENDS: ReadonlySet<string> = new Set(["not_signed_in", "too_many_tries"]);

/** The part of a passphrase that signs in; the vault keeps the rest. */
export async function deriveAuth(vault: Vault, name: string, passphrase: string): Promise<Bytes> {
  const salt = await fetchSalt(name);
  return (await vault.ask("stretch", { passphrase, salt })).auth;
}

/** Asks for a second factor until one holds. */
async function prove(
  wanted: FactorWanted,
  asks: Asks,
  problem: string | null = null,
): Promise<SignedIn> {
  const proof = await asks.factor(wanted, problem);
  try {
    return await proveFactor(wanted.handle, proof);
  } catch (error) {
    if (!(error instanceof Problem) || ENDS.has(error.code)) throw error;
    return prove(wanted, asks, error.code);
  }
}

/** A token that is not renewed: where it has ended, signing in begins anew. */
const once = (token: string): Access => ({
  token: () => token,
  renew: () => Promise.reject(new Problem("not_signed_in")),
});

/** Has a member without a second factor add one; then the server gives the member's keys. */
async function enrol(token: string, name: string, asks: Asks): Promise<Member> {
  const access = once(token);
  try {
    await asks.enrol(access, name);
    return await fetchMember(access);
  } catch (error) {
    void closeSession(token);
    throw error;
  }
}

/** Signs in at the server. The passphrase goes to the vault only, the server gets what was derived for it. */
async function authenticate(
  vault: Vault,
  name: string,
  passphrase: string,
  asks: Asks,
): Promise<SignedInMember> {
  const answer = await openSession(name, await deriveAuth(vault, name, passphrase));
  const { token, member } = "factor" in answer ? await prove(answer.factor, asks) : answer;
  return { token, member: member ?? (await enrol(token, name, asks)) };
}

/** Opens the member's keys. Problem `key` when the passphrase was right and the seed does not open all the same. */
async function unlock(vault: Vault, member: Member): Promise<Unlocked> {
  try {
    return await vault.ask("unlock", {
      publicKey: member.public_key,
      wrappedSeed: member.wrapped_seed,
      grants: member.grants,
    });
  } catch (error) {
    if (error instanceof VaultRefusal && error.layer !== "broken") throw new Problem("key");
    throw error;
  }
}

export class Session {
  readonly vault: Vault;
  readonly member: Member;
  /** Called with true when the member has to sign in again, with false when that is done. */
  onRenewal: (needed: boolean) => void = () => undefined;

  #token: string;
  #unlocked: Unlocked;
  #renewal: { readonly done: Promise<void>; readonly finish: () => void } | null = null;

  private constructor(vault: Vault, signedIn: SignedInMember, unlocked: Unlocked) {
    this.vault = vault;
    this.#token = signedIn.token;
    this.member = signedIn.member;
    this.#unlocked = unlocked;
  }

  /** Signs in and unlocks. Throws Problem or VaultRefusal; the vault is the caller's to close then. */
  static async open(vault: Vault, name: string, passphrase: string, asks: Asks): Promise<Session> {
    const signedIn = await authenticate(vault, name, passphrase, asks);
    return new Session(vault, signedIn, await unlock(vault, signedIn.member));
  }

  /** As of the last time that the member signed in: the desk key may have been renewed meanwhile. */
  get unlocked(): Unlocked {
    return this.#unlocked;
  }

  /** Joined, and not let in yet. */
  get isWaiting(): boolean {
    return this.member.is_waiting;
  }

  get readsReports(): boolean {
    return READERS.has(this.member.role);
  }

  /** May take out what is for partners or the public. */
  get mayRelease(): boolean {
    return RELEASERS.has(this.member.role);
  }

  get isAdministrator(): boolean {
    return this.member.role === "administrator";
  }

  /** For the API: requests that find the session ended wait together for one new sign-in. */
  readonly access: Access = {
    token: () => this.#token,
    renew: () => {
      this.#renewal ??= this.#startRenewal();
      return this.#renewal.done;
    },
  };

  /** Signs the same member in again; waiting requests go on. Throws as `open` does, and stays waiting then. */
  async renew(passphrase: string, asks: Asks): Promise<void> {
    const signedIn = await authenticate(this.vault, this.member.name, passphrase, asks);
    this.#unlocked = await unlock(this.vault, signedIn.member);
    this.#token = signedIn.token;
    this.#renewal?.finish();
    this.#renewal = null;
    this.onRenewal(false);
  }

  /** Forgets the keys at once, then tells the server. */
  async close(): Promise<void> {
    this.vault.close();
    await closeSession(this.#token);
  }

  #startRenewal() {
    let finish = (): void => undefined;
    const done = new Promise<void>((resolve) => {
      finish = resolve;
    });
    this.onRenewal(true);
    return { done, finish };
  }
}
