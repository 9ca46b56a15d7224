/**
 * The organisation's key set on this phone: which root is pinned, which key set is in use.
 *
 * The first pin wins: what this phone keeps, else the link that introduced the person, else the served page. A key set
 * under any other root is refused and the kept one stays, unless the kept one names that root as a successor or the
 * person, who came with a link of another organisation, says that it is to be changed.
 */
import { fromBase64url } from "../shared/bytes.ts";
import { type KeySet, printDigits, sealingKey, verifyKeySet } from "../shared/keyset.ts";
import { Refusal } from "../shared/refusal.ts";
import { getKeySet } from "./api.ts";
import { Database } from "./database.ts";
import { given } from "./transactions.ts";

/** `root`: the pinned root print; `keyset`: the newest valid key set as its JWS. */
const KEPT = "kept";

/** The root prints offered to this window: by the link's fragment and by the served page. */
export type Offered = { readonly link: string | null; readonly page: string | null };

/** The origin that the page came from. */
const OWN = "";

export class KeyRing {
  readonly #database = new Database("amana-keys", (db) => {
    db.createObjectStore(KEPT);
  });
  readonly #offered: Offered;
  #root: string | null = null;
  #set: KeySet | null = null;
  #refused = false;
  #day = "";
  #reached = OWN;
  #patience = 0;

  constructor(offered: Offered) {
    this.#offered = offered;
  }

  /** The key set in use; null before the first valid one. */
  get set(): KeySet | null {
    return this.#set;
  }

  /** Whether a root that is not trusted here was offered, by the page, a link or a key set. */
  get otherRoot(): boolean {
    const { link, page } = this.#offered;
    const trusted = this.#trusted();
    return this.#refused || [link, page].some((root) => root !== null && !trusted.includes(root));
  }

  /** The pinned root print as links carry it, or empty. */
  get root(): string {
    return this.#root ?? "";
  }

  /** The pinned root as people read it out, or empty. */
  get digits(): string {
    return digitsOf(this.#root);
  }

  /** The link's root as people read it out, where a key set of another organisation is in use; else empty. */
  get offer(): string {
    const { link } = this.#offered;
    return this.#set && !this.#trusted().includes(link ?? "") ? digitsOf(link) : "";
  }

  /** What the organisation called today when it last spoke to this window; empty before. Decides nothing. */
  get day(): string {
    return this.#day;
  }

  /** Milliseconds for which the server that had no key set to give asked to be left alone. */
  get patience(): number {
    return this.#patience;
  }

  /** Where the organisation listens: first where it was reached last, else the own origin (""). */
  get origins(): readonly string[] {
    const others = (this.#set?.origins ?? []).filter((origin) => origin !== location.origin);
    const all = [OWN, ...others];
    return [
      ...all.filter((one) => one === this.#reached),
      ...all.filter((one) => one !== this.#reached),
    ];
  }

  /** The organisation proved itself at this origin, on a day that it calls `day`. */
  heard(origin: string, day: string): void {
    this.#reached = origin;
    this.#day = day || this.#day;
  }

  /** Reads what this phone keeps, and decides which root is pinned. */
  async load(): Promise<void> {
    const { link, page } = this.#offered;
    const root = await this.#kept("root");
    const keyset = await this.#kept("keyset");
    // A pin under which no key set was ever seen gives way to a new link: the first one may have been mistyped.
    this.#root = (keyset === null ? (link ?? root) : root) ?? page;
    if (keyset !== null) await this.#accept(keyset);
    else if (link !== null) await this.#keep({ root: link });
  }

  /** Fetches the key set; whether one came, from any origin, that is valid and not older than the one in use. */
  async refresh(): Promise<boolean> {
    // What could not be read at the start may be there by now, and needs no network.
    if (!this.#set) await this.load();
    this.#patience = 0;
    for (const origin of this.origins) {
      if (await this.#refreshFrom(origin)) return true;
    }
    return false;
  }

  async #refreshFrom(origin: string): Promise<boolean> {
    const answer = await getKeySet(origin);
    if (answer.kind !== "answer") return false;
    this.#patience = answer.retryAfter;
    if (answer.status !== 200 || !(await this.#accept(answer.text))) return false;
    this.heard(origin, answer.day);
    if (this.#root) await this.#keep({ root: this.#root, keyset: answer.text });
    return true;
  }

  /** Holds to the link's root from now on, if the own origin serves a key set under it; whether it does. */
  async change(): Promise<boolean> {
    const { link } = this.#offered;
    const answer = await getKeySet(OWN);
    if (link === null || answer.kind !== "answer" || answer.status !== 200) return false;
    const found = await firstValid(answer.text, [link]);
    if (typeof found === "string") return false;
    this.#set = found.set;
    this.#root = link;
    this.#refused = false;
    await this.#keep({ root: link, keyset: answer.text });
    return true;
  }

  #trusted(): readonly string[] {
    return this.#root ? [this.#root, ...(this.#set?.roots ?? [])] : [];
  }

  /** Takes a key set into use. What does not verify, or is older than the one in use, changes nothing. */
  async #accept(jws: string): Promise<boolean> {
    const found = await firstValid(jws, this.#trusted());
    if (found === "pin") this.#refused = true;
    if (typeof found === "string") return false;
    if (this.#set && found.set.issued < this.#set.issued) return false;
    this.#set = found.set;
    this.#root = found.root;
    return true;
  }

  async #kept(name: string): Promise<string | null> {
    try {
      const found = this.#database.read(KEPT, (store) =>
        given<string | undefined>(store(KEPT).get(name)),
      );
      return (await found) ?? null;
    } catch {
      return null;
    }
  }

  async #keep(values: Readonly<Record<string, string>>): Promise<void> {
    try {
      await this.#database.write(KEPT, async (store) => {
        for (const [name, value] of Object.entries(values)) {
          await given(store(KEPT).put(value, name));
        }
      });
    } catch {
      // Without storage the key set lives in this window, like everything else.
    }
  }
}

const digitsOf = (root: string | null): string => (root ? printDigits(fromBase64url(root)) : "");

type Valid = { readonly set: KeySet; readonly root: string };

/** The key set under the first root that fits, or the layer at which the last one refused it. */
async function firstValid(jws: string, roots: readonly string[]): Promise<Valid | string> {
  let layer = "";
  for (const root of roots) {
    try {
      return { set: await verifyKeySet(jws, root), root };
    } catch (refusal) {
      layer = refusal instanceof Refusal ? refusal.layer : "";
    }
  }
  return layer;
}

/** Whether the key in use is past the day it was meant for. It still works: a late report beats no report. */
export const isOld = (set: KeySet, today: string): boolean => sealingKey(set).until < today;
