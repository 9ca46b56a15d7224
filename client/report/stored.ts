/** The outbox's database: all of its transactions. Everything here rejects when the browser does not store. */
import type { DBSchema } from "idb";
import type { Bytes } from "../shared/bytes.ts";
import { Database } from "./database.ts";

interface Schema extends DBSchema {
  /** Frozen form: an automatic sequence number as key, sealed bytes and their id as value, the id unique. */
  envelopes: { key: number; value: { id: string; bytes: ArrayBuffer }; indexes: { id: string } };
  /** Why an envelope is not sent by itself any more, by its id. */
  refusals: { key: string; value: string };
  /** Who may send, in browsers without locks. */
  leases: { key: string; value: { holder: string; until: number } };
}

export type Listed = { readonly id: string; readonly refused: string };

const LEASE = "sending";
const STRICT = { durability: "strict" } as const;

export class StoredOutbox {
  readonly #database = new Database<Schema>("amana-outbox", (db) => {
    const envelopes = db.createObjectStore("envelopes", { autoIncrement: true });
    envelopes.createIndex("id", "id", { unique: true });
    db.createObjectStore("refusals");
    db.createObjectStore("leases");
  });

  /** Resolves when the envelope is durably there. The bytes are ready before the transaction opens. */
  add(id: string, envelope: Bytes): Promise<void> {
    const bytes = envelope.slice().buffer;
    return this.#database.use(async (db) => {
      const tx = db.transaction("envelopes", "readwrite", STRICT);
      const known = await tx.store.index("id").getKey(id);
      if (known === undefined) await tx.store.add({ id, bytes });
      await tx.done;
    });
  }

  /** Ids in the order in which they were added, without reading the bytes. */
  list(): Promise<Listed[]> {
    return this.#database.use(async (db) => {
      const tx = db.transaction(["envelopes", "refusals"]);
      const found: { id: string; at: number }[] = [];
      let cursor = await tx.objectStore("envelopes").index("id").openKeyCursor();
      while (cursor) {
        found.push({ id: cursor.key, at: cursor.primaryKey });
        cursor = await cursor.continue();
      }
      const refusals = tx.objectStore("refusals");
      const [ids, codes] = await Promise.all([refusals.getAllKeys(), refusals.getAll()]);
      await tx.done;
      const refused = new Map(ids.map((id, at) => [id, codes[at] ?? ""]));
      found.sort((one, other) => one.at - other.at);
      return found.map(({ id }) => ({ id, refused: refused.get(id) ?? "" }));
    });
  }

  /** The bytes of one envelope; nothing when it is not there or is no longer bytes. */
  read(id: string): Promise<Bytes | undefined> {
    return this.#database.use(async (db) => {
      const row = await db.getFromIndex("envelopes", "id", id);
      return row?.bytes instanceof ArrayBuffer ? new Uint8Array(row.bytes) : undefined;
    });
  }

  /** Takes envelopes out, all of them or none. */
  remove(ids: readonly string[]): Promise<void> {
    return this.#database.use(async (db) => {
      const tx = db.transaction(["envelopes", "refusals"], "readwrite", STRICT);
      const envelopes = tx.objectStore("envelopes");
      for (const id of ids) {
        const key = await envelopes.index("id").getKey(id);
        if (key !== undefined) await envelopes.delete(key);
        await tx.objectStore("refusals").delete(id);
      }
      await tx.done;
    });
  }

  async refuse(id: string, code: string): Promise<void> {
    await this.#database.use((db) => db.put("refusals", code, id));
  }

  async pardon(): Promise<void> {
    await this.#database.use((db) => db.clear("refusals"));
  }

  /** Takes or renews the lease until `until`; false when somebody else holds it now. Times in milliseconds. */
  lease(holder: string, now: number, until: number): Promise<boolean> {
    return this.#database.use(async (db) => {
      const tx = db.transaction("leases", "readwrite");
      const held = await tx.store.get(LEASE);
      const free = !held || held.holder === holder || isOver(held.until, now, until);
      if (free) await tx.store.put({ holder, until }, LEASE);
      await tx.done;
      return free;
    });
  }

  release(holder: string): Promise<void> {
    return this.#database.use(async (db) => {
      const tx = db.transaction("leases", "readwrite");
      if ((await tx.store.get(LEASE))?.holder === holder) await tx.store.delete(LEASE);
      await tx.done;
    });
  }
}

/** A lease is over when its time has passed, or lies further off than any lease can: then the clock was turned back. */
const isOver = (heldUntil: number, now: number, until: number): boolean =>
  heldUntil <= now || heldUntil > until;
