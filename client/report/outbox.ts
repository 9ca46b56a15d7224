/**
 * Sealed reports that wait to be sent: stored on this phone where that works, otherwise in this window.
 * Only sealed bytes ever come here.
 */
import { type Bytes, equalBytes, fromHex } from "../shared/bytes.ts";
import { envelopeId, parseEnvelope } from "../shared/envelope.ts";
import { deleteDamaged } from "./database.ts";
import { mark, marked, unmark } from "./marks.ts";
import { type Listed, StoredOutbox } from "./stored.ts";

/** `refused`: empty, or why the server did not take it, or `broken` or `lost`. */
export type Waiting = {
  readonly id: string;
  readonly where: "saved" | "window";
  readonly refused: string;
};

/** The bytes on this phone are no longer the envelope they were: it can only be removed. */
export const BROKEN = "broken";
/** This phone called it saved and does not have it any more: it can only be written again. */
export const LOST = "lost";

/** Milliseconds after which storing is tried again: a database that did not open rests nearly as long. */
const AGAIN = 11_000;

export class Outbox {
  readonly stored = new StoredOutbox();
  readonly #settled: () => void;
  #again: ReturnType<typeof setTimeout> | undefined;
  /** What could not be stored, in its order. */
  readonly #window = new Map<string, Bytes>();
  /** Why the server refused what this window sent: known here also where the database cannot be told. */
  readonly #refused = new Map<string, string>();
  /** What this window took out: a mark that could not be taken away with it means nothing. */
  readonly #taken = new Set<string>();
  /** What was in the database when somebody deleted that under this window. */
  readonly #wiped = new Set<string>();
  #list: readonly Waiting[] = [];
  #durable = true;
  #readable = true;

  /** `settled` is called when storing and reading were tried again by themselves. */
  constructor(settled: () => void = () => undefined) {
    this.#settled = settled;
  }

  /** Whether this browser stores: the database could be read just now and nothing had to stay in the window. */
  get durable(): boolean {
    return this.#durable;
  }

  /** Whether what is stored here could be read just now. */
  get readable(): boolean {
    return this.#readable;
  }

  /** Everything that waits, oldest first, as it was when last looked at. */
  get waiting(): readonly Waiting[] {
    return this.#list;
  }

  /** Keeps an envelope under its id. `saved` only when it is durably stored. */
  async put(id: string, envelope: Bytes): Promise<void> {
    this.#window.set(id, envelope);
    this.#taken.delete(id);
    await this.#save(id, envelope);
    await this.look();
  }

  /** Tries again to store what is only in this window. */
  async settle(): Promise<void> {
    for (const [id, envelope] of this.#window) await this.#save(id, envelope);
    await this.look();
  }

  /** Deletes what is damaged, and stores what is only in this window. */
  async mend(): Promise<void> {
    await deleteDamaged();
    await this.settle();
  }

  /** Reads what waits. When the database cannot be read, what was seen in it last still counts. */
  async look(): Promise<void> {
    const marks = await marked();
    const stored = await attempt(() => this.stored.list());
    const kept = stored && [...stored, ...(await this.#lost(marks, stored))];
    const refusalOf = (id: string): string => this.#refused.get(id) ?? "";
    const saved =
      kept?.map(({ id, refused }): Waiting => {
        return { id, where: "saved", refused: refused || refusalOf(id) };
      }) ?? this.#saved();
    const inWindow = [...this.#window.keys()].map((id): Waiting => {
      return { id, where: "window", refused: refusalOf(id) };
    });
    // What is being stored may be found there already: until that is sure it is in this window.
    this.#list = [...saved.filter(({ id }) => !this.#window.has(id)), ...inWindow];
    this.#readable = stored !== undefined;
    this.#durable = this.#readable && inWindow.length === 0;
    if (!this.#durable) this.#settleLater();
  }

  /**
   * What is only in this window dies with it: it waits for no network and nobody's tap to be stored. Nor does what could
   * not be read wait to be seen, or to be called damaged: a slow phone's database opens late.
   */
  #settleLater(): void {
    this.#again ??= setTimeout(() => {
      this.#again = undefined;
      void this.settle().then(this.#settled);
    }, AGAIN);
  }

  #saved(): readonly Waiting[] {
    return this.#list.filter(({ where, id }) => where === "saved" && !this.#window.has(id));
  }

  /** What is not stored any more though it has a mark, now as before: another window takes that away first. */
  async #lost(marks: readonly string[], stored: readonly Listed[]): Promise<Listed[]> {
    if (this.stored.wasWiped()) for (const { id } of this.#saved()) this.#wiped.add(id);
    const there = new Set([...stored.map(({ id }) => id), ...this.#window.keys()]);
    for (const id of there) this.#wiped.delete(id);
    const missing = marks.filter((id) => !there.has(id) && !this.#taken.has(id));
    const still = missing.length > 0 ? await marked() : [];
    const lost = new Set([...missing.filter((id) => still.includes(id)), ...this.#wiped]);
    return [...lost].map((id) => ({ id, refused: LOST }));
  }

  /** An envelope; `broken` when its bytes are not those of its id; null when it cannot be read now. */
  async read(id: string): Promise<Bytes | typeof BROKEN | null> {
    const inWindow = this.#window.get(id);
    if (inWindow) return inWindow;
    const row = await attempt(async () => ({ bytes: await this.stored.read(id) }));
    if (!row) return null;
    return row.bytes && (await isWhole(id, row.bytes)) ? row.bytes : BROKEN;
  }

  /** The bytes under an id as they are, whole or not; null when there are none. */
  async raw(id: string): Promise<Bytes | null> {
    return this.#window.get(id) ?? (await attempt(() => this.stored.read(id))) ?? null;
  }

  /** Takes envelopes out, in one transaction. Rejects when that cannot be done: they are still there. */
  async remove(ids: readonly string[]): Promise<void> {
    const stored = ids.filter((id) => !this.#window.has(id));
    await unmark(stored);
    if (stored.length > 0) await this.stored.remove(stored);
    for (const id of ids) {
      this.#taken.add(id);
      this.#window.delete(id);
      this.#wiped.delete(id);
    }
    await this.look();
  }

  /** An envelope that is kept but not sent by itself any more. */
  async refuse(id: string, code: string): Promise<void> {
    this.#refused.set(id, code);
    if (!this.#window.has(id)) await attempt(() => this.stored.refuse(id, code));
    await this.look();
  }

  /** Everything may be tried again. */
  async pardon(): Promise<void> {
    this.#refused.clear();
    await attempt(() => this.stored.pardon());
  }

  async #save(id: string, envelope: Bytes): Promise<void> {
    await attempt(async () => {
      await this.stored.add(id, envelope);
      // It may have arrived meanwhile.
      if (this.#taken.has(id)) return this.stored.remove([id]);
      await mark(id);
      this.#window.delete(id);
      const others = this.#list.filter((waiting) => waiting.id !== id);
      this.#list = [...others, { id, where: "saved", refused: "" }];
    });
  }
}

/** The result of work on the database, or undefined where there is none. */
async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}

async function isWhole(id: string, envelope: Bytes): Promise<boolean> {
  try {
    parseEnvelope(envelope);
    return equalBytes(await envelopeId(envelope), fromHex(id));
  } catch {
    return false;
  }
}
