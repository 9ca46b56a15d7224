/**
 * How well reports of one event are found, in one line of JSON: `pairs` of reports with the same `truth.event`, of which
 * the desk suggests some among those `suggested`; `hard_negatives_suggested` counts suggestions that the file says look
 * alike and are not. Run by `make score-duplicates` on one report a line, as in server/amana/data/sample_reports.jsonl.
 */
import type { Atlas } from "../../../client/desk/areas.ts";
import { accountOf } from "../../../client/desk/likeness/account.ts";
import { Likenesses } from "../../../client/desk/likeness/find.ts";
import type { OpenedReport } from "../../../client/desk/vault/messages.ts";
import { isObject } from "../../../client/shared/json.ts";
import { searchPlaces } from "../../../client/shared/search.ts";
import { country, everywhere } from "../places/country.ts";

/** A line of the file: what the desk knows, and what is true. */
export interface Told {
  readonly id: string;
  readonly day: string;
  readonly report: OpenedReport;
  readonly event: string | null;
  readonly notOf: readonly string[];
}

export type Score = {
  readonly pairs: number;
  readonly suggested: number;
  readonly precision: number;
  readonly recall: number;
  readonly hard_negatives_suggested: number;
};

/** All places of the country, as the desk has them. */
export const atlas: Atlas = {
  byCode: new Map(everywhere.map((place) => [place.pcode, place])),
  search: (query, limit) => searchPlaces(country, query, limit),
};

const textOr = <T>(value: unknown, otherwise: T): string | T =>
  typeof value === "string" ? value : otherwise;

const DAY = "YYYY-MM-DD".length;

function toldIn(line: string, at: number): Told {
  const given: unknown = JSON.parse(line);
  const told = isObject(given) ? given : {};
  const truth = isObject(told.truth) ? told.truth : {};
  // The server and the phone keep no moment finer than a day.
  const day = textOr(told.submitted_at, "").slice(0, DAY);
  return {
    id: textOr(told.id, String(at)),
    day,
    report: {
      kind: textOr(told.kind, ""),
      lang: textOr(told.lang, ""),
      app: "",
      made: day,
      follows: null,
      mailbox: null,
      answers: isObject(told.answers) ? told.answers : {},
    },
    event: textOr(truth.event, null),
    notOf: [truth.hard_negative_of].flat().filter((id) => typeof id === "string"),
  };
}

export const reportsIn = (text: string): readonly Told[] =>
  text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map(toldIn);

/** The pairs that the desk suggests. */
export function suggestedIn(told: readonly Told[]): ReadonlySet<string> {
  const likenesses = new Likenesses<Told>();
  for (const each of told) likenesses.add(each, accountOf(each.report, each.day, atlas));
  return new Set(
    told.flatMap((each) => likenesses.like(each).map(({ item }) => pairOf(each.id, item.id))),
  );
}

const pairOf = (one: string, other: string): string => [one, other].sort().join(" ");

/** The pairs that are true. */
export function pairsIn(told: readonly Told[]): ReadonlySet<string> {
  return new Set(
    told.flatMap((one, at) =>
      told
        .slice(at + 1)
        .filter(({ event }) => event !== null && event === one.event)
        .map((other) => pairOf(one.id, other.id)),
    ),
  );
}

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);

export function score(told: readonly Told[]): Score {
  const [pairs, suggested] = [pairsIn(told), suggestedIn(told)];
  const right = [...suggested].filter((pair) => pairs.has(pair)).length;
  const hard = told.flatMap(({ id, notOf }) => notOf.map((other) => pairOf(id, other)));
  return {
    pairs: pairs.size,
    suggested: suggested.size,
    precision: share(right, suggested.size),
    recall: share(right, pairs.size),
    hard_negatives_suggested: hard.filter((pair) => suggested.has(pair)).length,
  };
}
