/**
 * How much goes into the next parcel. One that takes a few seconds is long enough for its head and its round trip to
 * weigh little, and short enough for a cut to cost little. Bytes and milliseconds in, bytes out.
 */

/** Bytes of the first parcel, before anything is known of the way. */
export const FIRST_PARCEL = 12 * 1024;
/** Milliseconds that a parcel should take, from its first byte to its answer. */
const AIM = 7000;
const MOST_GROWTH = 4;

/**
 * After a parcel of `bytes` was answered in `milliseconds`. One that was slow takes the budget half of the way down:
 * often the link was cut meanwhile and the browser has sent it a second time by itself. One that was quick, or that
 * nothing more could be put into, takes nothing away.
 */
export function afterAnswer(budget: number, bytes: number, milliseconds: number): number {
  const carried = (bytes * AIM) / milliseconds;
  if (carried < bytes) return (bytes + carried) / 2;
  return Math.max(budget, Math.min(carried, bytes * MOST_GROWTH));
}

/** After a parcel of `bytes` that did not arrive. */
export const afterLoss = (bytes: number): number => bytes / 2;
