/** How many: the bands of two accounts. */
import report from "virtual:vocabulary-report";
import { reportFields } from "../vocabulary.ts";
import type { Account } from "./account.ts";

const NOT_KNOWN = "unknown";

/** A question about how many, and how many bands its answers are apart. */
export interface Distance {
  readonly field: string;
  readonly bands: number;
}

/** Of every question about how many that both have answered. */
export function distances(one: Account, other: Account): readonly Distance[] {
  return reportFields(one.kind).flatMap(({ code, options }) => {
    if (!options?.endsWith("_band")) return [];
    const bands = (report.options[options] ?? []).filter((band) => band !== NOT_KNOWN);
    const [from, to] = [one, other].map(({ answers }) => bands.indexOf(String(answers[code])));
    if (from === undefined || to === undefined || from < 0 || to < 0) return [];
    return [{ field: code, bands: Math.abs(from - to) }];
  });
}

const SAME = 0.75;
const FAR = -0.5;
/** Who was killed or taken alone is seldom taken for several; whoever it happened to counts only their own. */
const ONE_OR_MORE = -1;
const ALONE = "n1";

function aloneOrNot(one: Account, other: Account, gap: number | null): number {
  const counts = [one, other].map(({ answers }) => answers.harm_count);
  const isOwn = [one, other].some(
    ({ answers }) => answers.harm_count === ALONE && answers.basis === "affected",
  );
  const areKnown = counts.every((count) => typeof count === "string" && count !== NOT_KNOWN);
  const isOne = counts.filter((count) => count === ALONE).length === 1;
  return gap === 0 && areKnown && isOne && !isOwn ? ONE_OR_MORE : 0;
}

/** Witnesses seldom agree on a number, so one that differs says little against, and nothing on another day. */
export function numbersPoints(one: Account, other: Account, gap: number | null): number {
  const far = gap === 0 ? FAR : 0;
  return distances(one, other).reduce(
    (sum, { bands }) => sum + (bands === 0 ? SAME : bands > 1 ? far : 0),
    aloneOrNot(one, other, gap),
  );
}
