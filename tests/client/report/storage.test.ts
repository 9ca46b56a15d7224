/** What storage may do, and which of the three words is then true: in this window, saved, received. */
import "fake-indexeddb/auto";
import { describe, expect, test, vi } from "vitest";
import { pause } from "../../../client/report/clock.ts";
import { KeyRing } from "../../../client/report/keys.ts";
import { letGo } from "../../../client/report/transactions.ts";
import { envelope, idOf } from "./organisation.ts";
import { honest, keep, open, pin, silent, useWorld, type Word, word, world } from "./phone.ts";

useWorld();

const OUTBOX = "amana-outbox";

/** Puts one report and sends it: the word while nobody answers, and the word when the server does. */
async function words(): Promise<[Word, Word]> {
  world.way = silent;
  const window = await within(open());
  const [id = ""] = await within(keep(window.outbox, 1));
  await within(window.sender.nudge());
  const waiting = word(window, id);
  world.way = honest;
  await within(window.sender.nudge());
  return [waiting, word(window, id)];
}

const realTimeout = setTimeout;

/**
 * Lets the clock run while something is waited for: what is never answered is given up after a time. It runs slowly
 * enough for what is real, the database and the cryptography, to be done in no time.
 */
async function within<T>(work: Promise<T>): Promise<T> {
  let done = false;
  const finish = (): void => {
    done = true;
  };
  work.then(finish, finish);
  while (!done) {
    await vi.advanceTimersByTimeAsync(100);
    await new Promise((resolve) => realTimeout(resolve, 1));
  }
  return work;
}

const KEPT = ["saved", "received"];
const IN_THE_WINDOW = ["window", "received"];

function failOpen(name: string): void {
  vi.spyOn(indexedDB, "open").mockImplementation(() => {
    const request = new EventTarget() as IDBOpenDBRequest;
    Object.defineProperty(request, "error", { value: new DOMException("no", name) });
    setImmediate(() => request.dispatchEvent(new Event("error")));
    return request;
  });
}

/** `transaction` throws an error so often. */
function failTransactions(name: string, times: number): void {
  const { transaction } = IDBDatabase.prototype;
  let left = times;
  vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(function (
    this: IDBDatabase,
    ...taken
  ) {
    left -= 1;
    if (left >= 0) throw new DOMException("the database connection is closing", name);
    return transaction.apply(this, taken);
  });
}

/** So many transactions that write do it and never say so. */
function hang(times: number): void {
  const { transaction } = IDBDatabase.prototype;
  let left = times;
  vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(function (
    this: IDBDatabase,
    ...taken
  ) {
    const begun = transaction.apply(this, taken);
    if (taken[1] === "readwrite") left -= 1;
    if (taken[1] === "readwrite" && left >= 0) begun.addEventListener = () => undefined;
    return begun;
  });
}

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Another page that is in the middle of a transaction, and sleeps; what wakes it up. */
async function hold(name: string, ...stores: string[]): Promise<() => void> {
  const database = await settled(indexedDB.open(name));
  const transaction = database.transaction(stores, "readwrite");
  const [first = ""] = stores;
  const more = (): void => {
    transaction.objectStore(first).count().onsuccess = more;
  };
  more();
  return () => {
    transaction.abort();
    database.close();
  };
}

describe("saved is said", () => {
  test("where nothing is wrong [F95]", async () => {
    expect(await words()).toEqual(KEPT);
  });

  test("without asking for persistence, which may never be answered [F30]", async () => {
    const persist = vi.fn(() => new Promise(() => undefined));
    vi.stubGlobal("navigator", { storage: { persist } });
    expect(await words()).toEqual(KEPT);
    expect(persist).not.toHaveBeenCalled();
  });

  test("whatever the estimate says [F31]", async () => {
    const estimate = vi.fn(async () => ({ usage: 10, quota: 0 }));
    vi.stubGlobal("navigator", { storage: { estimate } });
    expect(await words()).toEqual(KEPT);
    expect(estimate).not.toHaveBeenCalled();
  });

  test("after a connection that was lost once [F35]", async () => {
    const window = await open();
    failTransactions("UnknownError", 1);
    const [id = ""] = await keep(window.outbox, 1);
    expect(word(window, id)).toBe("saved");
  });

  test("after a connection that was closing [F37]", async () => {
    const window = await open();
    failTransactions("InvalidStateError", 1);
    const [id = ""] = await keep(window.outbox, 1);
    expect(word(window, id)).toBe("saved");
  });
});

describe("only in this window is said", () => {
  test("when the write succeeds and its transaction aborts [F32]", async () => {
    const { add } = IDBObjectStore.prototype;
    vi.spyOn(IDBObjectStore.prototype, "add").mockImplementation(function (
      this: IDBObjectStore,
      ...taken
    ) {
      const request = add.apply(this, taken);
      request.addEventListener("success", () => this.transaction.abort());
      return request;
    });
    expect(await words()).toEqual(IN_THE_WINDOW);
  });

  test("when the disk is full and the database does not open [F33]", async () => {
    failOpen("QuotaExceededError");
    expect(await words()).toEqual(IN_THE_WINDOW);
  });

  test("when the database is damaged [F34]", async () => {
    failOpen("UnknownError");
    expect(await words()).toEqual(IN_THE_WINDOW);
  });

  test("when the browser calls the version wrong [F40]", async () => {
    failOpen("VersionError");
    expect(await words()).toEqual(IN_THE_WINDOW);
  });

  test("when the database never answers [F38]", async () => {
    vi.spyOn(indexedDB, "open").mockImplementation(() => new EventTarget() as IDBOpenDBRequest);
    expect(await words()).toEqual(IN_THE_WINDOW);
  });

  test("when a transaction never ends, once the window has waited for it [F38] [F95]", async () => {
    hang(Number.POSITIVE_INFINITY);
    expect(await words()).toEqual(IN_THE_WINDOW);
  });

  test("when there is no database at all [F43] [F95]", async () => {
    vi.stubGlobal("indexedDB", undefined);
    expect(await words()).toEqual(IN_THE_WINDOW);
  });

  test("when every transaction fails [F35] [F37]", async () => {
    await keep((await open()).outbox);
    failTransactions("InvalidStateError", Number.POSITIVE_INFINITY);
    expect(await words()).toEqual(IN_THE_WINDOW);
  });
});

test("what was stored without a word is called saved when that is sure, and waits once [F37]", async () => {
  world.way = silent;
  const window = await open();
  hang(1);
  const [id = ""] = await within(keep(window.outbox, 1));
  expect(window.outbox.waiting).toEqual([{ id, where: "window", refused: "" }]);
  await vi.advanceTimersByTimeAsync(10_000);
  await within(window.outbox.look());
  expect(window.outbox.waiting).toEqual([{ id, where: "window", refused: "" }]);
  await within(window.outbox.settle());
  expect(window.outbox.waiting).toEqual([{ id, where: "saved", refused: "" }]);
});

test("while another page holds the outbox a report waits in the window, and is saved once it lets go [F38] [F95]", async () => {
  const window = await open();
  const wake = await hold(OUTBOX, "envelopes", "refusals");
  const [id = ""] = await within(keep(window.outbox, 1));
  expect(word(window, id)).toBe("window");
  expect(window.outbox.readable).toBe(false);
  wake();
  await vi.advanceTimersByTimeAsync(10_000);
  await within(window.outbox.settle());
  expect(word(window, id)).toBe("saved");
});

test("what could not be read at the start is seen as soon as it can be, without anybody's tap [F38] [F95]", async () => {
  const [id = ""] = await keep((await open()).outbox, 1);
  const wake = await hold(OUTBOX, "envelopes", "refusals");
  const window = await within(open());
  expect(window.outbox.readable).toBe(false);
  wake();
  await within(pause(12_000));
  expect(window.outbox.readable).toBe(true);
  expect(word(window, id)).toBe("saved");
});

test("a key set that another page holds is found without a network, once it lets go [F38]", async () => {
  await (await open()).sender.nudge();
  const wake = await hold("amana-keys", "kept");
  vi.stubGlobal("fetch", silent);
  const ring = new KeyRing({ link: null, page: pin });
  await within(ring.load());
  expect(ring.set).toBeNull();
  wake();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await within(ring.refresh())).toBe(false);
  expect(ring.set?.org).toBeTruthy();
});

test("what a page was doing when the browser put it to sleep is done when it wakes up [F38]", async () => {
  const window = await open();
  const ends: string[] = [];
  const { transaction } = IDBDatabase.prototype;
  vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(function (
    this: IDBDatabase,
    ...taken
  ) {
    const opened = transaction.apply(this, taken);
    if (taken[1] !== "readwrite") return opened;
    for (const end of ["complete", "abort"]) opened.addEventListener(end, () => ends.push(end));
    if (ends.length === 0) queueMicrotask(letGo);
    return opened;
  });
  const [id = ""] = await keep(window.outbox, 1);
  expect(ends).toEqual(["abort", "complete"]);
  expect(word(window, id)).toBe("saved");
});

test("an upgrade that another tab holds up does not stop saving, and ends in the database [F38]", async () => {
  await keep((await open()).outbox, 9);
  const stubborn = await settled(indexedDB.open(OUTBOX));
  const upgrade = settled(indexedDB.open(OUTBOX, 7));
  await new Promise(setImmediate);
  const window = await within(open());
  const [id = ""] = await within(keep(window.outbox, 1));
  expect(word(window, id)).toBe("window");
  stubborn.close();
  (await upgrade).close();
  await vi.advanceTimersByTimeAsync(10_000);
  await within(window.outbox.settle());
  expect(window.outbox.waiting.map(({ where }) => where)).toEqual(["saved", "saved"]);
});

test("a newer build's database opens in this one, keeps what it has, and goes back unharmed [F39] [F40]", async () => {
  const [first = ""] = await keep((await open()).outbox, 1);
  const request = indexedDB.open(OUTBOX, 7);
  request.onupgradeneeded = () => request.result.createObjectStore("something-new");
  (await settled(request)).close();
  const window = await open();
  const [second = ""] = await keep(window.outbox, 2);
  expect(window.outbox.waiting.map(({ id }) => id)).toEqual([first, second]);
  const newer = await settled(indexedDB.open(OUTBOX, 7));
  const rows = newer.transaction("envelopes").objectStore("envelopes");
  expect(await settled(rows.count())).toBe(2);
  expect([...newer.objectStoreNames]).toContain("something-new");
  newer.close();
  await window.sender.nudge();
  expect(window.outbox.waiting).toEqual([]);
});

test("a tab that gives way to an upgrade stores again afterwards [F37]", async () => {
  const window = await open();
  await keep(window.outbox, 1);
  (await settled(indexedDB.open(OUTBOX, 7))).close();
  const [id = ""] = await keep(window.outbox, 2);
  expect(word(window, id)).toBe("saved");
});

test("a row is an id and an ArrayBuffer: no Blob, no time, nothing else [F36] [F12]", async () => {
  const [id = ""] = await keep((await open()).outbox, 1);
  const database = await settled(indexedDB.open(OUTBOX));
  const rows = await settled(database.transaction("envelopes").objectStore("envelopes").getAll());
  expect(rows).toEqual([{ id, bytes: envelope(1).buffer }]);
  expect(Object.prototype.toString.call(rows[0].bytes)).toBe("[object ArrayBuffer]");
});

test("nothing is computed while a transaction that writes is open [F41]", async () => {
  let running = 0;
  const overlaps: string[] = [];
  const { transaction } = IDBDatabase.prototype;
  vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(function (
    this: IDBDatabase,
    ...taken
  ) {
    const opened = transaction.apply(this, taken);
    if (taken[1] !== "readwrite") return opened;
    running += 1;
    for (const end of ["complete", "abort"]) {
      opened.addEventListener(end, () => {
        running -= 1;
      });
    }
    return opened;
  });
  for (const name of ["digest", "verify", "encrypt", "importKey"] as const) {
    const real = crypto.subtle[name].bind(crypto.subtle) as (...taken: unknown[]) => unknown;
    vi.spyOn(crypto.subtle, name).mockImplementation(((...taken: unknown[]) => {
      if (running > 0) overlaps.push(name);
      return real(...taken);
    }) as never);
  }
  const window = await open();
  await keep(window.outbox, 1, 2, 3);
  await window.sender.nudge();
  expect(window.sender.received).toHaveLength(3);
  expect(overlaps).toEqual([]);
});

test("what the window could not store is saved, in its order, once it can [F33]", async () => {
  failOpen("QuotaExceededError");
  world.way = silent;
  const window = await within(open());
  const ids = await within(keep(window.outbox, 3, 1, 2));
  vi.restoreAllMocks();
  await vi.advanceTimersByTimeAsync(10_000);
  await within(window.outbox.settle());
  expect(window.outbox.waiting).toEqual(ids.map((id) => ({ id, where: "saved", refused: "" })));
  expect(ids).toEqual([3, 1, 2].map((content) => idOf(envelope(content))));
});

test("what is only in the window is stored as soon as that works, without a network or anybody's tap [F33] [F95]", async () => {
  failOpen("QuotaExceededError");
  world.way = silent;
  const window = await within(open());
  const [id = ""] = await within(keep(window.outbox, 1));
  expect(word(window, id)).toBe("window");
  vi.restoreAllMocks();
  await within(pause(12_000));
  expect(word(window, id)).toBe("saved");
  expect((await open()).outbox.waiting.map((one) => one.id)).toEqual([id]);
});

test("what arrives while it is being stored leaves nothing behind [F33]", async () => {
  failOpen("QuotaExceededError");
  const window = await within(open());
  const [id = ""] = await within(keep(window.outbox, 1));
  vi.restoreAllMocks();
  await vi.advanceTimersByTimeAsync(10_000);
  const { stored } = window.outbox;
  const add = stored.add.bind(stored);
  vi.spyOn(stored, "add").mockImplementationOnce(async (...row) => {
    await add(...row);
    await window.outbox.remove([id]);
  });
  await within(window.outbox.settle());
  expect(window.outbox.waiting).toEqual([]);
  expect((await open()).outbox.waiting).toEqual([]);
});

/** The browser's cache, as far as marks need it; nothing leaves it while `stuck`. */
function stubCaches(): { stuck: boolean } {
  const kept = new Set<string>();
  const state = { stuck: false };
  const cache = {
    put: async (address: string) => void kept.add(address),
    delete: (address: string) =>
      state.stuck ? new Promise(() => undefined) : Promise.resolve(kept.delete(address)),
    keys: async () => [...kept].map((url) => ({ url })),
  };
  vi.stubGlobal("caches", { open: async () => cache });
  return state;
}

test("what arrived is not called lost because a note of it could not be taken away [F95]", async () => {
  const cache = stubCaches();
  const window = await open();
  await keep(window.outbox, 1);
  cache.stuck = true;
  await within(window.sender.nudge());
  expect(window.sender.received).toHaveLength(1);
  expect(window.outbox.waiting).toEqual([]);
});
