/**
 * Erasing everything that this app has put on the phone, and leaving. What is not sent yet is erased as well, unless the
 * person has said beforehand that it is to stay; the choice itself is the name of an empty cache, and nothing by default.
 */
import { clearSite } from "./api.ts";
import { pause } from "./clock.ts";
import type { Leaving } from "./exit.ts";
import { dismissWorkers } from "./link.ts";
import { given } from "./transactions.ts";

const KEEP = "amana-keep";
/** What stays when reports are to stay: they and their marks, and the keys of the one who may open them. */
const KEPT_CACHES = [KEEP, "amana-saved"];
const KEPT = ["amana-outbox", "amana-keys"];
const DATABASES = ["amana-draft", "amana-carried", ...KEPT];
/** Milliseconds that a database may take to go: another tab may be holding it up. */
const PATIENCE = 1500;

/** A choice that is being written down. */
let choosing: Promise<unknown> = Promise.resolve();

/** Whether sealed reports that were not sent are to outlive an erasure. */
export async function keepsReports(): Promise<boolean> {
  try {
    await choosing;
    return await caches.has(KEEP);
  } catch {
    return false;
  }
}

/** Says whether they are to; resolves to what is true then. Where nothing may be kept nothing is. */
export function keepReports(keep: boolean): Promise<boolean> {
  choosing = choosing.then(
    (): Promise<unknown> => (keep ? caches.open(KEEP) : caches.delete(KEEP)),
  );
  return keepsReports();
}

/** Leaves for the ordinary page at once, in every tab, and erases behind it. `waiting`: whether any report waits. */
export function erase(waiting: boolean): void {
  const erasing = (event: Event): unknown => (event as Leaving).detail.push(eraseAll(waiting));
  addEventListener("leave", erasing, { once: true });
  dispatchEvent(new Event("erase"));
}

async function eraseAll(waiting: boolean): Promise<void> {
  const keep = waiting && (await keepsReports());
  // The marks first: a mark without its report would be shown as a loss.
  await Promise.allSettled([dismissWorkers(), eraseCaches(keep)]);
  const names = DATABASES.filter((name) => !keep || !KEPT.includes(name));
  await Promise.all(names.map((name) => Promise.race([eraseDatabase(name), pause(PATIENCE)])));
  if (!keep) await clearSite();
  // Firefox dismisses a sleeping page with its worker, and with it the news for the disk that the tab's key is gone.
  sessionStorage.setItem("", "");
  await pause(0);
  sessionStorage.clear();
}

async function eraseCaches(keep: boolean): Promise<void> {
  const names = (await caches.keys()).filter((name) => !keep || !KEPT_CACHES.includes(name));
  await Promise.all(names.map((name) => caches.delete(name)));
}

/** Empties it, then deletes it: that waits for other tabs, which let go of it unless they sleep. */
async function eraseDatabase(name: string): Promise<void> {
  await given(indexedDB.open(name)).then(empty, () => undefined);
  await given(indexedDB.deleteDatabase(name)).catch(() => undefined);
}

function empty(database: IDBDatabase): Promise<void> {
  const stores = [...database.objectStoreNames];
  return new Promise((resolve) => {
    const end = (): void => {
      database.close();
      resolve();
    };
    if (stores.length === 0) return end();
    const emptying = database.transaction(stores, "readwrite");
    for (const store of stores) emptying.objectStore(store).clear();
    emptying.oncomplete = emptying.onabort = end;
  });
}
