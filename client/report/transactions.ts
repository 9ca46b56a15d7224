/** Transactions, under a watch: one that does not end is given up, and none goes to sleep with its page. */
import { waitAwake } from "./clock.ts";

/** Seconds that a transaction may take: some browsers lose their disk without a word, and pages that sleep hold others up. */
const PATIENCE = 5;

/** Why work was given up. */
export const HANGS = new Error("the transaction does not end");

/** What is under way in this window, in all databases. */
const running = new Set<IDBTransaction>();

/** A cursor answers again and again. */
const ONCE = { once: true };

/** What a request gives. Waiting for it, and for nothing else, keeps its transaction open. */
export const given = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result), ONCE);
    request.addEventListener("error", () => reject(request.error), ONCE);
  });

/**
 * Takes back what is under way, in a page that the browser puts to sleep to show it again later: WebKit leaves its
 * transactions open, and every other page would wait for them. Whoever began one tries again when the page wakes up.
 */
export function letGo(): void {
  for (const tx of running) abort(tx);
}

/** The value of work in a transaction, once that has ended; rejects with HANGS where it does not. */
export async function inTime<T>(tx: IDBTransaction, work: Promise<T>): Promise<T> {
  let stop = (): void => undefined;
  const tooLong = new Promise<never>((_, reject) => {
    stop = waitAwake(PATIENCE, () => reject(HANGS));
  });
  running.add(tx);
  try {
    const ended = Promise.all([work, done(tx)]).then(([value]) => value);
    return await Promise.race([ended, tooLong]);
  } finally {
    stop();
    running.delete(tx);
  }
}

const done = (tx: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    tx.addEventListener("complete", () => resolve());
    tx.addEventListener("abort", () => reject(tx.error));
  });

function abort(tx: IDBTransaction): void {
  try {
    tx.abort();
  } catch {
    // It has ended already.
  }
}
