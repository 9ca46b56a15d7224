/** The reports of an event beside one another: who tells it how, and where they cannot all be right. */
import { NO_ATLAS } from "../areas.ts";
import { type Account, accountOf } from "../likeness/account.ts";
import { gapOf } from "../likeness/compare.ts";
import { contradictions } from "../likeness/contradictions.ts";
import type { ReadableRow } from "../queue.ts";

/** A report of an event that could be read, with its number among all of them. */
export interface Witness {
  readonly number: number;
  readonly row: ReadableRow;
}

/** What several say alike: a value, and the numbers of their reports. */
export interface Said {
  readonly value: unknown;
  readonly by: readonly number[];
}

/** A question and its answers; those that were not given are not in it. */
export interface Answered {
  readonly field: string;
  readonly says: readonly Said[];
}

/** Each is compared with each: more than these are too many for that. */
const COMPARED = 60;

/** The answers to a question, each once, the most frequent first. */
export function saidOf(witnesses: readonly Witness[], field: string): Answered {
  const says = new Map<string, Said>();
  for (const { number, row } of witnesses) {
    const { answers } = row.opened.report;
    if (!Object.hasOwn(answers, field)) continue;
    const value = answers[field];
    const key = JSON.stringify(value);
    says.set(key, { value, by: [...(says.get(key)?.by ?? []), number] });
  }
  return { field, says: [...says.values()].sort((one, other) => other.by.length - one.by.length) };
}

/** Contradictions are between days and answers: places need not be understood for them. */
const accountIn = ({ row: { envelope, opened } }: Witness): Account =>
  accountOf(opened.report, envelope.day, NO_ATLAS);

/** The questions of which two reports of one kind and one day cannot both be right, each with everybody's answers. */
export function disagreements(witnesses: readonly Witness[]): readonly Answered[] {
  const accounts = witnesses.slice(0, COMPARED).map(accountIn);
  const fields = accounts.flatMap((one, at) =>
    accounts
      .slice(at + 1)
      .filter(({ kind }) => kind === one.kind)
      .flatMap((other) => contradictions(one, other, gapOf(one.days, other.days)))
      .map(({ field }) => field),
  );
  return [...new Set(fields)].map((field) => saidOf(witnesses, field));
}
