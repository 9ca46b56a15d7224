/** Which of the sealed reports that wait here, or waited, this phone carries for others. Ids only, and no order. */
import { Database } from "./database.ts";
import { given } from "./transactions.ts";

const CARRIED = "carried";

export class Carried {
  readonly #database = new Database("amana-carried", (db) => {
    db.createObjectStore(CARRIED);
  });
  #ids: ReadonlySet<string> = new Set();

  get ids(): ReadonlySet<string> {
    return this.#ids;
  }

  /** Reads what this phone keeps. */
  async load(): Promise<void> {
    try {
      const ids = this.#database.read(CARRIED, (store) => given(store(CARRIED).getAllKeys()));
      this.#ids = new Set((await ids).map(String));
    } catch {
      // Without storage it is known in this window, like the reports themselves.
    }
  }

  async add(id: string): Promise<void> {
    this.#ids = new Set([...this.#ids, id]);
    await this.#write((carried) => carried.put(true, id));
  }

  /** Its owner, or whoever carries it, took it off this phone: it did not arrive by this way. */
  async remove(id: string): Promise<void> {
    this.#ids = new Set([...this.#ids].filter((one) => one !== id));
    await this.#write((carried) => carried.delete(id));
  }

  async #write(work: (carried: IDBObjectStore) => IDBRequest): Promise<void> {
    try {
      await this.#database.write(CARRIED, (store) => given(work(store(CARRIED))));
    } catch {
      // See load.
    }
  }
}
