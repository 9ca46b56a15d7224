/** One window sends at a time. */
import { toHex } from "../shared/bytes.ts";
import type { Clock } from "./clock.ts";
import type { StoredOutbox } from "./stored.ts";

const LOCK = "amana-sending";
/** Milliseconds: a lease outlives a window that was killed by this much, and is renewed well before. */
const LEASE = 30_000;
const RENEWAL = 10_000;

type Work = () => Promise<void>;

/** Does `work` unless another window is at it; whether it was done. */
export async function exclusively(
  stored: StoredOutbox,
  clock: Clock,
  work: Work,
): Promise<boolean> {
  if (!navigator.locks) return withLease(stored, clock, work);
  return navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (lock) await work();
    return lock !== null;
  });
}

/** For browsers without locks: a row that expires. Without a database no other window sees this outbox either. */
async function withLease(stored: StoredOutbox, { now }: Clock, work: Work): Promise<boolean> {
  const holder = toHex(crypto.getRandomValues(new Uint8Array(16)));
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
