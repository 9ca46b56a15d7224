/** One window sends at a time. */
import { toHex } from "../shared/bytes.ts";
import type { Clock } from "./clock.ts";
import type { StoredOutbox } from "./stored.ts";

const LOCK = "amana-sending";
/** Milliseconds: a lease outlives a window that was killed by this much, and is renewed well before. */
const LEASE = 30_000;
const RENEWAL = 10_000;

type Work = () => Promise<void>;

/**
 * Does `work` unless another window is at it; whether it was done. A window that has the lock renews a lease as well:
 * browsers freeze windows that nobody looks at, locks and all, and from one that shows no life the lock is taken.
 */
export async function exclusively(
  stored: StoredOutbox,
  clock: Clock,
  work: Work,
): Promise<boolean> {
  let answer: Promise<boolean> | undefined;
  const ask = (how: LockOptions): Promise<boolean> =>
    navigator.locks.request(LOCK, how, (lock) => {
      answer = lock ? withLease(LOCK, stored, clock, work) : Promise.resolve(false);
      return answer;
    });
  try {
    if (navigator.locks) {
      if (await ask({ ifAvailable: true })) return true;
      return (await isFrozen(stored, clock)) && (await ask({ steal: true }));
    }
  } catch {
    // Denied, where nothing may be stored; or taken from this window while it was frozen, and what it was at goes on.
    if (answer) return answer;
  }
  return withLease(toHex(crypto.getRandomValues(new Uint8Array(16))), stored, clock, work);
}

const isFrozen = (stored: StoredOutbox, { now }: Clock): Promise<boolean> =>
  stored.isForsaken(now(), now() + LEASE).catch(() => false);

/** A row that expires. Without a database no other window sees this outbox either. */
async function withLease(
  holder: string,
  stored: StoredOutbox,
  { now }: Clock,
  work: Work,
): Promise<boolean> {
  const take = (): Promise<boolean> => stored.lease(holder, now(), now() + LEASE).catch(() => true);
  if (!(await take())) return false;
  const renewing = setInterval(take, RENEWAL);
  try {
    await work();
  } finally {
    clearInterval(renewing);
    await stored.release(holder).catch(() => undefined);
  }
  return true;
}
