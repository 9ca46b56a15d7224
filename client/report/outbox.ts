/**
 * Sealed reports that wait to be sent: stored on this phone where that works, otherwise in this window.
 * Only sealed bytes ever come here.
 */
import { type Bytes, equalBytes, fromHex } from "../shared/bytes.ts";
import { envelopeId, parseEnvelope } from "../shared/envelope.ts";
import { StoredOutbox } from "./stored.ts";

/** `refused`: empty, or why the server did not take it, or `broken`. */
export type Waiting = {
  readonly id: string;
  readonly where: "saved" | "window";
  readonly refused: string;
};

/** The bytes on this phone are no longer the envelope they were: it can only be removed. */
export const BROKEN = "broken";

export class Outbox {
  readonly stored = new StoredOutbox();
  /** What could not be stored, in its order; with the reason where the server refused it. */
  readonly #window = new Map<string, Bytes>();
  readonly #refused = new Map<string, string>();
  #list: readonly Waiting[] = [];
  #durable = true;

  /** Whether this browser stores: the database could be read just now and nothing had to stay in the window. */
  get durable(): boolean {
    return this.#durable;
  }

  /** Everything that waits, oldest first, as it was when last looked at. */
  get waiting(): readonly Waiting[] {
    return this.#list;
  }

  /** Keeps an envelope under its id. `saved` only when it is durably stored. */
  async put(id: string, envelope: Bytes): Promise<void> {
    this.#window.set(id, envelope);
    await this.#save(id, envelope);
    await this.look();
  }

  /** Tries again to store what is only in this window. */
  async settle(): Promise<void> {
    for (const [id, envelope] of this.#window) await this.#save(id, envelope);
    await this.look();
  }

  /** Reads what waits. When the database cannot be read, what was seen in it last still counts. */
  async look(): Promise<void> {
    const stored = await attempt(() => this.stored.list());
    const saved = stored
      ? stored.map((row): Waiting => ({ ...row, where: "saved" }))
      : this.#list.filter(({ where, id }) => where === "saved" && !this.#window.has(id));
    const inWindow = [...this.#window.keys()].map((id): Waiting => {
      return { id, where: "window", refused: this.#refused.get(id) ?? "" };
    });
    this.#list = [...saved, ...inWindow];
    this.#durable = stored !== undefined && inWindow.length === 0;
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
    if (stored.length > 0) await this.stored.remove(stored);
    for (const id of ids) this.#window.delete(id);
    await this.look();
  }

  /** An envelope that is kept but not sent by itself any more. */
  async refuse(id: string, code: string): Promise<void> {
    if (this.#window.has(id)) this.#refused.set(id, code);
    else await attempt(() => this.stored.refuse(id, code));
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
