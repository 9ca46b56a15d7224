/** The only place that reads the time or draws by chance; everything else takes them as arguments. */

export type Clock = {
  /** Milliseconds since 1970. Used for waiting, never to decide about a report. */
  readonly now: () => number;
  /** Milliseconds since some moment; nobody sets it back. For how long something took. */
  readonly ticks: () => number;
  /** The day that the phone's calendar shows, `YYYY-MM-DD`. */
  readonly today: () => string;
  /** A number from 0 up to 1, for spreading retries. */
  readonly chance: () => number;
};

const two = (value: number): string => String(value).padStart(2, "0");

function today(): string {
  const date = new Date();
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function chance(): number {
  const [word = 0] = crypto.getRandomValues(new Uint32Array(1));
  return word / 2 ** 32;
}

const DAY_LENGTH = 86_400_000;

/** The UTC day of a `Date` header; empty when there is none or it is no date. */
export function dayOf(header: string | null): string {
  const moment = Date.parse(header ?? "");
  return Number.isNaN(moment) ? "" : new Date(moment).toISOString().slice(0, 10);
}

/** How many days lie between two days, whichever comes first. */
export const daysBetween = (one: string, other: string): number =>
  Math.abs(Date.parse(one) - Date.parse(other)) / DAY_LENGTH;

export const clock: Clock = {
  now: () => Date.now(),
  ticks: () => performance.now(),
  today,
  chance,
};

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

const MOMENT = 1000;

/**
 * Calls `giveUp` after so many seconds, unless what it returns is called before. Counted one by one: a page that was
 * asleep, or too busy to look, has not waited meanwhile.
 */
export function waitAwake(seconds: number, giveUp: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const wait = (left: number): void => {
    timer = setTimeout(() => (left > 1 ? wait(left - 1) : giveUp()), MOMENT);
  };
  wait(seconds);
  return () => clearTimeout(timer);
}
