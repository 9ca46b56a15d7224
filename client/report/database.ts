/** IndexedDB connections that may be lost at any moment, and are then opened once more. */
import { pause, waitAwake } from "./clock.ts";
import { isErased } from "./leaving.ts";
import { given, HANGS, inTime } from "./transactions.ts";

/** Seconds after which a database that does not open counts as none: another tab may be holding it up. */
const PATIENCE = 3;
/** Milliseconds for which one that did not open or end is not tried again: nobody waits for it twice. */
const REST = 10_000;

/** What browsers call it when they cannot read a database's files, and Chromium also where it may not. */
const UNREADABLE = "UnknownError";
const FORBIDDEN = /denied permission/;

const isDamage = (error?: Error): boolean =>
  error?.name === UNREADABLE && !FORBIDDEN.test(error.message);

/** How to delete each database whose files could not be read when it was opened last, by its name. */
const damaged = new Map<string, () => Promise<unknown>>();

export const isAnyDamaged = (): boolean => damaged.size > 0;

/** Deletes what cannot be read. Resolves when that was tried: some damage is beyond a page's reach. */
export async function deleteDamaged(): Promise<void> {
  await Promise.all([...damaged.values()].map((remove) => remove().catch(() => undefined)));
}

type Stores = string | string[];
/** What is done in one transaction, on its stores: nothing is waited for in it but its own requests. */
type Work<T> = (store: (name: string) => IDBObjectStore) => Promise<T>;

/**
 * One database. The schema is additive and its version never goes up by itself: it is opened without a version, so
 * that an older build can still open what a newer one has made.
 */
export class Database {
  readonly #name: string;
  readonly #create: (db: IDBDatabase) => void;
  #opening: Promise<IDBDatabase> | null = null;
  #opened = false;
  #wiped = false;

  /** `create` makes the stores of a database that is new. */
  constructor(name: string, create: (db: IDBDatabase) => void) {
    this.#name = name;
    this.#create = create;
  }

  /** Reads in one transaction over these stores. */
  read<T>(stores: Stores, work: Work<T>): Promise<T> {
    return this.#use((db) => db.transaction(stores), work);
  }

  /** Writes in one transaction over these stores. Resolves when that is done, and `how` says how durably. */
  write<T>(stores: Stores, work: Work<T>, how?: IDBTransactionOptions): Promise<T> {
    return this.#use((db) => db.transaction(stores, "readwrite", how), work);
  }

  /**
   * Does `work` in one transaction, to its end. When it fails the connection is dropped (WebKit loses its database
   * server, other tabs and clearing close it without a word) and `work` is tried once more on a new one. Work that does
   * not end is given up: it may still get done, so all work can be done twice.
   */
  async #use<T>(begin: (db: IDBDatabase) => IDBTransaction, work: Work<T>): Promise<T> {
    const once = async (db: IDBDatabase): Promise<T> => {
      const tx = begin(db);
      return inTime(
        tx,
        work((name) => tx.objectStore(name)),
      );
    };
    const db = await this.#open();
    try {
      return await once(db);
    } catch (error) {
      this.#drop(db);
      if (error === HANGS) return this.#rest(HANGS);
      return await once(await this.#open());
    }
  }

  /** Whether somebody deleted the database since this was asked last: it was there in this window, and made again. */
  wasWiped(): boolean {
    const wiped = this.#wiped;
    this.#wiped = false;
    return wiped;
  }

  #open(): Promise<IDBDatabase> {
    if (isErased()) return Promise.reject(new Error("everything is being erased"));
    this.#opening ??= this.#connect().then(
      (db) => {
        this.#opened = true;
        damaged.delete(this.#name);
        return db;
      },
      (error) => {
        if (isDamage(error)) damaged.set(this.#name, () => this.#delete());
        return this.#rest(error);
      },
    );
    return this.#opening;
  }

  /** There is no connection for a while. */
  #rest(error: Error): Promise<never> {
    const none = Promise.reject(error);
    this.#opening = none;
    setTimeout(() => {
      this.#opening = null;
    }, REST);
    return none;
  }

  #delete(): Promise<unknown> {
    this.#opening = null;
    return Promise.race([given(indexedDB.deleteDatabase(this.#name)), pause(PATIENCE * 1000)]);
  }

  #drop(db: IDBDatabase): void {
    this.#opening = null;
    db.close();
  }

  #connect(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
      let late = false;
      const giveUp = (): void => {
        late = true;
        reject(new Error("the database does not open"));
      };
      const stop = waitAwake(PATIENCE, giveUp);
      const request = indexedDB.open(this.#name);
      request.addEventListener("blocked", giveUp);
      request.addEventListener("upgradeneeded", () => {
        if (request.transaction)
          inTime(request.transaction, Promise.resolve()).catch(() => undefined);
        this.#wiped = this.#opened;
        this.#create(request.result);
      });
      given(request)
        .then((db) => (late ? db.close() : resolve(this.#watched(db))), reject)
        .finally(stop);
    });
  }

  /** A connection that gives way to other tabs, and is not used any more when the browser has closed it. */
  #watched(db: IDBDatabase): IDBDatabase {
    const forget = (): void => {
      this.#opening = null;
    };
    db.addEventListener("close", forget);
    db.addEventListener("versionchange", () => {
      forget();
      db.close();
    });
    return db;
  }
}
