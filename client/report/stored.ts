/** The outbox's database: all of its transactions. Everything here rejects when the browser does not store. */
import type { Bytes } from "../shared/bytes.ts";
import { Database } from "./database.ts";
import { given } from "./transactions.ts";

/** In `envelopes`, whose form is frozen: an automatic sequence number as key, the id unique. */
type Row = { readonly id: string; readonly bytes: ArrayBuffer };
/** In `leases`: who sends, and until when that is believed. */
type Lease = { readonly holder: string; readonly until: number };

export type Listed = { readonly id: string; readonly refused: string };

const ENVELOPES = "envelopes";
const REFUSALS = "refusals";
const LEASES = "leases";
const LEASE = "sending";
const STRICT = { durability: "strict" } as const;

export class StoredOutbox {
  readonly #database = new Database("amana-outbox", (db) => {
    const envelopes = db.createObjectStore("envelopes", { autoIncrement: true });
    envelopes.createIndex("id", "id", { unique: true });
    // Why an envelope is not sent by itself any more, by its id.
    db.createObjectStore("refusals");
    db.createObjectStore("leases");
  });

  /** Whether all that was here was deleted by somebody, since this was asked last. */
  wasWiped(): boolean {
    return this.#database.wasWiped();
  }

  /** Resolves when the envelope is durably there. The bytes are ready before the transaction opens. */
  async add(id: string, envelope: Bytes): Promise<void> {
    const row: Row = { id, bytes: envelope.slice().buffer };
    await this.#database.write(
      ENVELOPES,
      async (store) => {
        const known = await given(store(ENVELOPES).index("id").getKey(id));
        if (known === undefined) await given(store(ENVELOPES).add(row));
      },
      STRICT,
    );
  }

  /** Ids in the order in which they were added, without reading the bytes. */
  list(): Promise<Listed[]> {
    return this.#database.read([ENVELOPES, REFUSALS], async (store) => {
      const found = await idsIn(store(ENVELOPES));
      const refusals = store(REFUSALS);
      const [ids, codes] = await Promise.all([
        given(refusals.getAllKeys()),
        given<string[]>(refusals.getAll()),
      ]);
      const refused = new Map(ids.map((id, at) => [String(id), codes[at] ?? ""]));
      return found.map((id) => ({ id, refused: refused.get(id) ?? "" }));
    });
  }

  /** The bytes of one envelope; nothing when it is not there or is no longer bytes. */
  async read(id: string): Promise<Bytes | undefined> {
    const row = await this.#database.read(ENVELOPES, (store) =>
      given<Row | undefined>(store(ENVELOPES).index("id").get(id)),
    );
    return row?.bytes instanceof ArrayBuffer ? new Uint8Array(row.bytes) : undefined;
  }

  /** Takes envelopes out, all of them or none. */
  async remove(ids: readonly string[]): Promise<void> {
    await this.#database.write(
      [ENVELOPES, REFUSALS],
      async (store) => {
        for (const id of ids) {
          const key = await given(store(ENVELOPES).index("id").getKey(id));
          if (key !== undefined) await given(store(ENVELOPES).delete(key));
          await given(store(REFUSALS).delete(id));
        }
      },
      STRICT,
    );
  }

  async refuse(id: string, code: string): Promise<void> {
    await this.#database.write(REFUSALS, (store) => given(store(REFUSALS).put(code, id)));
  }

  async pardon(): Promise<void> {
    await this.#database.write(REFUSALS, (store) => given(store(REFUSALS).clear()));
  }

  /** Takes or renews the lease until `until`; false when somebody else holds it now. Times in milliseconds. */
  lease(holder: string, now: number, until: number): Promise<boolean> {
    return this.#database.write(LEASES, async (store) => {
      const held = await given<Lease | undefined>(store(LEASES).get(LEASE));
      const free = !held || held.holder === holder || isOver(held.until, now, until);
      if (free) await given(store(LEASES).put({ holder, until }, LEASE));
      return free;
    });
  }

  /** Whether somebody has the lease and does not renew it any more. */
  async isForsaken(now: number, until: number): Promise<boolean> {
    const held = await this.#database.read(LEASES, (store) =>
      given<Lease | undefined>(store(LEASES).get(LEASE)),
    );
    return held !== undefined && isOver(held.until, now, until);
  }

  async release(holder: string): Promise<void> {
    await this.#database.write(LEASES, async (store) => {
      const held = await given<Lease | undefined>(store(LEASES).get(LEASE));
      if (held?.holder === holder) await given(store(LEASES).delete(LEASE));
    });
  }
}

/** All ids, by the sequence of their rows. */
async function idsIn(envelopes: IDBObjectStore): Promise<string[]> {
  const found: { readonly id: string; readonly at: number }[] = [];
  const request = envelopes.index("id").openKeyCursor();
  for (let cursor = await given(request); cursor; cursor = await given(request)) {
    found.push({ id: String(cursor.key), at: Number(cursor.primaryKey) });
    cursor.continue();
  }
  return found.sort((one, other) => one.at - other.at).map(({ id }) => id);
}

/** A lease is over when its time has passed, or lies further off than any lease can: then the clock was turned back. */
const isOver = (heldUntil: number, now: number, until: number): boolean =>
  heldUntil <= now || heldUntil > until;
