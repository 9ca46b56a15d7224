/** IndexedDB connections that may be lost at any moment, and are then opened once more. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

/** Milliseconds after which a database that does not open counts as none: another tab may be holding it up. */
const PATIENCE = 3000;
/** Milliseconds for which one that did not open is not tried again: nobody waits for it twice. */
const REST = 10_000;

/**
 * One database. The schema is additive and its version never goes up by itself: it is opened without a version, so
 * that an older build can still open what a newer one has made.
 */
export class Database<Schema extends DBSchema> {
  readonly #name: string;
  readonly #create: (db: IDBPDatabase<Schema>) => void;
  #opening: Promise<IDBPDatabase<Schema>> | null = null;

  /** `create` makes the stores of a database that is new. */
  constructor(name: string, create: (db: IDBPDatabase<Schema>) => void) {
    this.#name = name;
    this.#create = create;
  }

  /**
   * Does `work` on an open connection. When it fails the connection is dropped (WebKit loses its database server,
   * other tabs and clearing close it without a word) and `work` is tried once more on a new one.
   */
  async use<T>(work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    const db = await this.#open();
    try {
      return await work(db);
    } catch {
      this.#drop(db);
      return await work(await this.#open());
    }
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    this.#opening ??= this.#connect().catch((error) => {
      setTimeout(() => {
        this.#opening = null;
      }, REST);
      throw error;
    });
    return this.#opening;
  }

  #drop(db: IDBPDatabase<Schema>): void {
    this.#opening = null;
    db.close();
  }

  #connect(): Promise<IDBPDatabase<Schema>> {
    return new Promise((resolve, reject) => {
      let late = false;
      const giveUp = (): void => {
        late = true;
        reject(new Error("the database does not open"));
      };
      const timer = setTimeout(giveUp, PATIENCE);
      openDB<Schema>(this.#name, undefined, {
        upgrade: (db) => this.#create(db),
        blocked: giveUp,
        blocking: (_current, _wanted, event) => {
          this.#opening = null;
          (event.target as IDBDatabase).close();
        },
        terminated: () => {
          this.#opening = null;
        },
      })
        .then((db) => (late ? db.close() : resolve(db)), reject)
        .finally(() => clearTimeout(timer));
    });
  }
}
