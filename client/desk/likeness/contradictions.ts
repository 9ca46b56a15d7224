/** Where two accounts cannot both be right about the same day. */
import type { Account } from "./account.ts";
import { distances } from "./numbers.ts";

/** `field`: the question that they answer differently. */
export interface Contradiction {
  readonly field: string;
}

/** Answers that exclude one another, by question. */
const OPPOSITES: Readonly<
  Record<string, readonly (readonly [readonly string[], readonly string[]])[]>
> = {
  can_leave: [[["yes"], ["no"]]],
  safe_now: [[["safe"], ["unsafe"]]],
  room_left: [[["many"], ["full", "over", "closed"]]],
  access: [[["open"], ["dangerous", "blocked"]]],
  ongoing: [[["yes"], ["no"]]],
};

const CALM = "calm";
/** So many bands apart, one of them is wrong. */
const FAR = 2;

const has = (codes: readonly string[], answer: unknown): boolean =>
  typeof answer === "string" && codes.includes(answer);

function areOpposite(field: string, one: unknown, other: unknown): boolean {
  return (OPPOSITES[field] ?? []).some(
    ([these, those]) =>
      (has(these, one) && has(those, other)) || (has(those, one) && has(these, other)),
  );
}

/** All contradictions; none between accounts of different days, where things may have changed. */
export function contradictions(
  one: Account,
  other: Account,
  gap: number | null,
): readonly Contradiction[] {
  if (gap !== 0) return [];
  const opposite = Object.keys(OPPOSITES).filter((field) =>
    areOpposite(field, one.answers[field], other.answers[field]),
  );
  const calm = [one, other].filter(({ answers }) => answers.event === CALM).length === 1;
  const far = distances(one, other).filter(({ bands }) => bands >= FAR);
  return [...(calm ? ["event"] : []), ...opposite, ...far.map(({ field }) => field)].map(
    (field) => ({ field }),
  );
}
