/**
 * A member's session: the bearer token in memory, the vault with the keys, and signing in again in place when the server
 * has ended it. Nothing of it is stored; closing it ends the worker and with it every key.
 */
import type { Member, SignedIn } from "./answers.ts";
import { type Access, closeSession, fetchSalt, openSession, Problem } from "./api.ts";
import { type Vault, VaultRefusal } from "./vault/client.ts";

/** What the vault learned when it unlocked: which desk keys are at hand, and the digits of the member's key. */
export interface Unlocked {
  readonly kids: readonly string[];
  readonly digits: string;
}

/** The roles that may read reports. */
const READERS = new Set(["reviewer", "administrator"]);

/** Signs in at the server. The passphrase goes to the vault only, the server gets what was derived for it. */
async function authenticate(vault: Vault, name: string, passphrase: string): Promise<SignedIn> {
  const salt = await fetchSalt(name);
  const { auth } = await vault.ask("stretch", { passphrase, salt });
  return openSession(name, auth);
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
  readonly unlocked: Unlocked;
  /** Called with true when the member has to sign in again, with false when that is done. */
  onRenewal: (needed: boolean) => void = () => undefined;

  #token: string;
  #renewal: { readonly done: Promise<void>; readonly finish: () => void } | null = null;

  private constructor(vault: Vault, signedIn: SignedIn, unlocked: Unlocked) {
    this.vault = vault;
    this.#token = signedIn.token;
    this.member = signedIn.member;
    this.unlocked = unlocked;
  }

  /** Signs in and unlocks. Throws Problem or VaultRefusal; the vault is the caller's to close then. */
  static async open(vault: Vault, name: string, passphrase: string): Promise<Session> {
    const signedIn = await authenticate(vault, name, passphrase);
    return new Session(vault, signedIn, await unlock(vault, signedIn.member));
  }

  /** Joined, and not let in yet. */
  get isWaiting(): boolean {
    return this.member.is_waiting;
  }

  get readsReports(): boolean {
    return READERS.has(this.member.role);
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
  async renew(passphrase: string): Promise<void> {
    const signedIn = await authenticate(this.vault, this.member.name, passphrase);
    await unlock(this.vault, signedIn.member);
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
