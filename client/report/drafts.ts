/**
 * Drafts that survive their page and die with their tab: in a database of their own, sealed under the tab's key.
 *
 * A row belongs to the one tab that holds the lock of its name. Where the browser has no locks, no storage or no
 * database, what is written lives in the page's memory only, as if there were no file like this one.
 */
import type { DBSchema } from "idb";
import { type Bytes, concat, fromUtf8, readU32, u32, utf8 } from "../shared/bytes.ts";
import { aesOpen, aesSeal } from "../shared/primitives.ts";
import { Database } from "./database.ts";
import { findTabKey, forgetTabKey, makeTabKey, type TabKey } from "./tabkey.ts";

interface Schema extends DBSchema {
  /** `nonce || ct` by the id of the key. `passed`: a start has found that no page holds this row. */
  drafts: { key: string; value: { bytes: ArrayBuffer; passed: boolean } };
}

const LOCK = "amana-draft-";
const LABEL = "amana/1/draft";
const NONCE_BYTES = 12;
const LENGTH_BYTES = 4;
/** The smallest sealed draft in bytes; larger ones double. */
const SMALLEST = 4096;
/** Milliseconds between the last answer and its being written. */
const REST = 400;
/** Milliseconds that the page before this one may take to let go of the lock. */
const PATIENCE = 1500;

export class Drafts {
  readonly #database = new Database<Schema>("amana-draft", (db) => {
    db.createObjectStore("drafts");
  });
  #mine: { readonly key: TabKey; readonly release: () => void } | null = null;
  #pending: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** How many drafts were dropped: work that was planned for one of them is void. */
  #dropped = 0;
  /** One thing after the other. */
  #work: Promise<void> = Promise.resolve();

  /** What this tab had written when its page was lost, or null; and tidies up after tabs that are gone. */
  async open(): Promise<string | null> {
    try {
      return await this.#find();
    } catch {
      return null;
    } finally {
      this.#then(() => this.#tidy());
    }
  }

  /** Keeps a draft, soon. */
  keep(draft: string): void {
    this.#pending = draft;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.now(), REST);
  }

  /** Writes at once what was to be written soon. */
  now(): void {
    const [draft, dropped] = [this.#pending, this.#dropped];
    this.#pending = null;
    clearTimeout(this.#timer);
    if (draft === null) return;
    this.#then(async () => {
      if (dropped === this.#dropped) await this.#write(draft);
    });
  }

  /** Nothing of the draft is left: its key at once, its noise soon. */
  drop(): void {
    forgetTabKey();
    clearTimeout(this.#timer);
    this.#pending = null;
    this.#dropped += 1;
    this.#then(() => this.#remove());
  }

  #then(step: () => Promise<void>): void {
    this.#work = this.#work.then(step).catch(() => undefined);
  }

  async #find(): Promise<string | null> {
    const key = findTabKey();
    if (!key) return null;
    const release = await hold(key.id, PATIENCE);
    if (!release) {
      // A copy of a tab that still runs has a copy of its key.
      forgetTabKey();
      return null;
    }
    this.#mine = { key, release };
    const row = await this.#database.use((db) => db.get("drafts", key.id));
    return row ? await unseal(key, new Uint8Array(row.bytes)) : null;
  }

  async #write(draft: string): Promise<void> {
    this.#mine ??= await begin();
    if (!this.#mine) return;
    const { key } = this.#mine;
    const { buffer } = await seal(key, draft);
    await this.#database.use((db) => db.put("drafts", { bytes: buffer, passed: false }, key.id));
  }

  async #remove(): Promise<void> {
    const mine = this.#mine;
    this.#mine = null;
    if (!mine) return;
    mine.release();
    await this.#database.use((db) => db.delete("drafts", mine.key.id));
  }

  /**
   * Removes rows that no page holds, at the second start that finds them so: at the first their tab may have been
   * killed a moment ago and come back. Nobody can read them either way.
   */
  async #tidy(): Promise<void> {
    for (const id of await this.#database.use((db) => db.getAllKeys("drafts"))) {
      const release = id === this.#mine?.key.id ? null : await hold(id, 0);
      if (release) await this.#pass(id).finally(release);
    }
  }

  #pass(id: string): Promise<void> {
    return this.#database.use(async (db) => {
      const tx = db.transaction("drafts", "readwrite");
      const row = await tx.store.get(id);
      if (row?.passed) await tx.store.delete(id);
      else if (row) await tx.store.put({ ...row, passed: true }, id);
      await tx.done;
    });
  }
}

async function begin(): Promise<{ key: TabKey; release: () => void } | null> {
  const key = navigator.locks ? makeTabKey() : null;
  const release = key && (await hold(key.id, PATIENCE));
  return key && release ? { key, release } : null;
}

/** Takes the lock of a row until `release` is called or the page ends; null when another page has it. */
function hold(id: string, patience: number): Promise<(() => void) | null> {
  if (!navigator.locks) return Promise.resolve(null);
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), patience);
  return new Promise((resolve) => {
    const held = (): Promise<void> => {
      clearTimeout(timer);
      return new Promise((release) => resolve(release));
    };
    navigator.locks.request(LOCK + id, { signal: waiting.signal }, held).catch(() => resolve(null));
  });
}

const label = ({ id }: TabKey): Bytes => utf8(LABEL + id);

/** Sealed, and as long as others: the length tells only how often a draft has doubled. */
async function seal(key: TabKey, draft: string): Promise<Bytes> {
  const text = utf8(draft);
  let length = SMALLEST;
  while (length < LENGTH_BYTES + text.length) length *= 2;
  const padded = concat(
    u32(text.length),
    text,
    new Uint8Array(length - LENGTH_BYTES - text.length),
  );
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  return concat(nonce, await aesSeal(key.key, nonce, label(key), padded));
}

async function unseal(key: TabKey, sealed: Bytes): Promise<string> {
  const nonce = sealed.slice(0, NONCE_BYTES);
  const padded = await aesOpen(key.key, nonce, label(key), sealed.slice(NONCE_BYTES));
  return fromUtf8(padded.slice(LENGTH_BYTES, LENGTH_BYTES + readU32(padded, 0)));
}
