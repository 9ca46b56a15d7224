/**
 * The browser's clock and calendar: the one file of the desk that knows `Date`.
 * A day is a UTC date, `YYYY-MM-DD`, as everywhere in Amana. A stamp is in milliseconds since 1970.
 */

const DAY_MS = 86_400_000;

/** Milliseconds since 1970. */
export const now = (): number => Date.now();

/** Today's UTC date, as this computer believes. */
export const today = (): string => dayOf(Date.now());

/** The UTC date of a stamp. */
export const dayOf = (stamp: number): string => new Date(stamp).toISOString().slice(0, 10);

/** The first instant of a day. */
export const stampOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** The day that lies `count` days later, or earlier when negative. */
export const addDays = (day: string, count: number): string => dayOf(stampOf(day) + count * DAY_MS);
