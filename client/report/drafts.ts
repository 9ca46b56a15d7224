/**
 * Drafts that survive their page and die with their tab: in a database of their own, sealed under the tab's key.
 *
 * A row belongs to the one tab that holds the lock of its name. Where the browser has no locks, no storage or no
 * database, what is written lives in the page's memory only, as if there were no file like this one.
 */
import { type Bytes, concat, fromUtf8, readU32, u32, utf8 } from "../shared/bytes.ts";
import { aesOpen, aesSeal } from "../shared/primitives.ts";
import { pause, waitAwake } from "./clock.ts";
import { Database } from "./database.ts";
import { findTabKey, forgetTabKey, isLoadedAgain, makeTabKey, type TabKey } from "./tabkey.ts";
import { given } from "./transactions.ts";

const DRAFTS = "drafts";
/** `nonce || ct` by the id of the key. `passed`: a start has found that no page holds this row. */
type Row = { readonly bytes: ArrayBuffer; readonly passed: boolean };

const LOCK = "amana-draft-";
const LABEL = "amana/1/draft";
const NONCE_BYTES = 12;
const LENGTH_BYTES = 4;
/** The smallest sealed draft in bytes; larger ones double. */
const SMALLEST = 4096;
/** Milliseconds between the last answer and its being written. */
const REST = 400;
/** Seconds that the page before this one may take to let go of the lock. */
const PATIENCE = 8;
/** The same where it can only be the page that was loaded again, which nobody else holds a copy of. */
const LONG_PATIENCE = 60;
/** Milliseconds until a database that could not be read is tried again; longer than it rests (database.ts). */
const AGAIN = 11_000;

export class Drafts {
  readonly #database = new Database("amana-draft", (db) => {
    db.createObjectStore(DRAFTS);
  });
  #mine: { readonly key: TabKey; readonly release: () => void } | null = null;
  #pending: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** How many drafts were dropped: work that was planned for one of them is void. */
  #dropped = 0;
  /** One thing after the other. */
  #work: Promise<void> = Promise.resolve();

  /**
   * What this tab had written when its page was lost, or null; and tidies up after tabs that are gone. Waits for as long
   * as the database cannot be read: until it was, nothing may be written over what is there.
   */
  async open(): Promise<string | null> {
    const dropped = this.#dropped;
    try {
      const found = await this.#find(() => dropped !== this.#dropped);
      return dropped === this.#dropped ? found : null;
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

  /** Nothing of the draft is left: its key goes at once, its noise before this resolves. */
  drop(): Promise<void> {
    forgetTabKey();
    clearTimeout(this.#timer);
    this.#pending = null;
    this.#dropped += 1;
    this.#then(() => this.#remove());
    return this.#work;
  }

  #then(step: () => Promise<void>): void {
    this.#work = this.#work.then(step).catch(() => undefined);
  }

  async #find(isVoid: () => boolean): Promise<string | null> {
    const key = findTabKey();
    if (!key) return null;
    const release = await hold(key.id, isLoadedAgain() ? LONG_PATIENCE : PATIENCE);
    if (!release) {
      // A copy of a tab that still runs has a copy of its key.
      forgetTabKey();
      return null;
    }
    this.#mine = { key, release };
    const row = await this.#read(key.id, isVoid);
    return row ? await unseal(key, new Uint8Array(row.bytes)) : null;
  }

  /** The row, however long that takes; none once nobody wants it any more. */
  async #read(id: string, isVoid: () => boolean): Promise<Row | undefined> {
    while (!isVoid()) {
      try {
        return await this.#database.read(DRAFTS, (store) =>
          given<Row | undefined>(store(DRAFTS).get(id)),
        );
      } catch {
        await pause(AGAIN);
      }
    }
    return undefined;
  }

  async #write(draft: string): Promise<void> {
    this.#mine ??= await begin();
    if (!this.#mine) return;
    const { key } = this.#mine;
    const { buffer } = await seal(key, draft);
    const row: Row = { bytes: buffer, passed: false };
    await this.#database.write(DRAFTS, (store) => given(store(DRAFTS).put(row, key.id)));
  }

  async #remove(): Promise<void> {
    const mine = this.#mine;
    this.#mine = null;
    if (!mine) return;
    mine.release();
    await this.#database.write(DRAFTS, (store) => given(store(DRAFTS).delete(mine.key.id)));
  }

  /**
   * Removes rows that no page holds, at the second start that finds them so: at the first their tab may have been
   * killed a moment ago and come back. Nobody can read them either way.
   */
  async #tidy(): Promise<void> {
    const keys = await this.#database.read(DRAFTS, (store) => given(store(DRAFTS).getAllKeys()));
    for (const id of keys.map(String)) {
      const release = id === this.#mine?.key.id ? null : await hold(id, 0);
      if (release) await this.#pass(id).finally(release);
    }
  }

  #pass(id: string): Promise<void> {
    return this.#database.write(DRAFTS, async (store) => {
      const row = await given<Row | undefined>(store(DRAFTS).get(id));
      if (row?.passed) await given(store(DRAFTS).delete(id));
      else if (row) await given(store(DRAFTS).put({ ...row, passed: true }, id));
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
  // Who cannot wait asks for a free lock: a time of nothing is over before any answer comes.
  const how = patience > 0 ? { signal: waiting.signal } : { ifAvailable: true };
  const stop = waitAwake(patience, () => waiting.abort());
  return new Promise((resolve) => {
    const held = (lock: Lock | null): Promise<void> | undefined => {
      stop();
      if (lock) return new Promise((release) => resolve(release));
      resolve(null);
      return undefined;
    };
    navigator.locks.request(LOCK + id, how, held).catch(() => resolve(null));
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
