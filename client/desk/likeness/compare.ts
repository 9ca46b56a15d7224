/**
 * How likely two accounts tell of one event: evidence for and against, added up.
 *
 * Each comparison gives points, which stand for the logarithm of how much oftener it is found among accounts of one
 * event than among others (the weighing of Fellegi and Sunter, 1969). They were set from what the domain is like:
 * events here are of one kind, at one place and on one day; what goes on, as a curfew or a shelter does, lasts longer;
 * witnesses agree on where and when sooner than on how many. Accounts that contradict one another are still accounts of
 * one event, and are to be seen together all the more.
 */
import { daysBetween } from "../days.ts";
import { type Account, type Days, isAreaWord, type Where } from "./account.ts";
import { type Contradiction, contradictions } from "./contradictions.ts";
import { numbersPoints } from "./numbers.ts";
import type { Frequencies } from "./wording.ts";

/** Why two accounts are taken for one event, in the order in which they are said. */
export type Reason =
  | "same_place"
  | "same_way"
  | "same_name"
  | "same_area"
  | "same_day"
  | "next_day"
  | "same_category"
  | "like_category"
  | "speaks_of"
  | "same_numbers"
  | "wording";

export interface Likeness {
  readonly points: number;
  readonly reasons: readonly Reason[];
  readonly contradictions: readonly Contradiction[];
}

/** Points from which on two accounts are suggested as one event. */
export const ENOUGH = 4.5;

type Evidence = { readonly points: number; readonly reasons: readonly Reason[] };

const evidence = (points: number, ...reasons: readonly Reason[]): Evidence => ({ points, reasons });

const PICKED = 4;
/** Only likely the same place: the name was typed. */
const TYPED = 3.5;
/** In a town there is more than one street. */
const TOWN = -0.75;
/** The same corner of a place, or two of them. */
const SAME_CORNER = 1;
const OTHER_CORNER = -2.5;
const SAME_NAME = 3;
/** The name of a town beside which nothing is known. */
const SAME_TOWN = 1.75;
const SAME_AREA = 1;
const OTHER_PLACE = -4;
/** A town and a place in its subdistrict: some name the town that others know, or for a quarter of it. */
const AROUND_TOWN = -1.5;
/** Nothing is known of where one of them was. */
const NOWHERE = -1;
const OTHER_AREA = -7;
/** A name that was typed may have been taken for another place's. */
const PERHAPS_OTHER = -3;
/** Where people went says half as much: many villages flee to one town. */
const WAY = 0.5;

const share = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  [...one].some((word) => other.has(word));

function compareCorners(one: Where, other: Where): number {
  if (share(one.corners, other.corners)) return SAME_CORNER;
  return one.corners.size > 0 && other.corners.size > 0 ? OTHER_CORNER : 0;
}

/** Two names of which one at least was typed; null when they have no word in common. */
function compareNames(one: Where, other: Where): Evidence | null {
  const common = [...one.words].filter((word) => other.words.has(word));
  if (common.length === 0) return null;
  if (!common.every(isAreaWord)) return evidence(SAME_NAME, "same_name");
  const haveMore = [one, other].every(({ words }) => words.size > common.length);
  return evidence(SAME_TOWN + (haveMore ? OTHER_CORNER : 0), "same_name");
}

/** Whether two names are one, but for the names of areas beside them. */
function areOneName(one: Where, other: Where): boolean {
  const [these, those] = [one, other].map(({ words }) => [...words].filter((w) => !isAreaWord(w)));
  return these?.length === those?.length && !!these?.every((word) => those?.includes(word));
}

/** Whether what was written says more than the places that were found by it: two known places are two. */
const asksNames = (one: Where, other: Where): boolean => {
  if (one.isSure && other.isSure) return false;
  return one.places.length === 0 || other.places.length === 0 || areOneName(one, other);
};

/** The same known place, or one that may be the same. */
function compareWithin(one: Where, other: Where): Evidence {
  const place = one.isSure && other.isSure ? PICKED : TYPED;
  const town = one.isTown || other.isTown ? TOWN : 0;
  return evidence(place + town + compareCorners(one, other), "same_place");
}

/** Where the accounts say it was. */
function comparePlaces(one: Where | null, other: Where | null): Evidence {
  if (!one || !other) return evidence(NOWHERE);
  if (one.places.some((code) => other.places.includes(code))) return compareWithin(one, other);
  const areSure = one.isSure && other.isSure;
  const named = asksNames(one, other) ? compareNames(one, other) : null;
  return named ?? compareAreas(one, other, areSure);
}

function compareAreas(one: Where, other: Where, areSure: boolean): Evidence {
  const haveAreas = one.adm3 !== null && other.adm3 !== null;
  if (haveAreas && one.adm3 !== other.adm3) return evidence(areSure ? OTHER_AREA : PERHAPS_OTHER);
  if (one.places.length > 0 && other.places.length > 0) return compareApart(one, other);
  return haveAreas ? evidence(SAME_AREA, "same_area") : evidence(NOWHERE);
}

/** Two known places. */
const compareApart = (one: Where, other: Where): Evidence =>
  one.adm3 === other.adm3 && one.adm3 !== null && one.isTown !== other.isTown
    ? evidence(AROUND_TOWN, "same_area")
    : evidence(OTHER_PLACE);

/** Where people went. Not known of one: says nothing. */
function compareWays(one: Account, other: Account): Evidence {
  if (!one.to || !other.to) return evidence(0);
  const { points } = comparePlaces(one.to, other.to);
  return points > 0 ? evidence(points * WAY, "same_way") : evidence(points);
}

const CALM = "calm";
/** What is over within hours; everything else goes on for days. */
const SUDDEN: ReadonlySet<unknown> = new Set([
  ...["clashes", "shelling", "killing", "house_search", "detention", "missing", "arson"],
  ...["looting", "protest"],
]);

const isSudden = ({ kind, answers }: Account): boolean =>
  kind === "displacement" || SUDDEN.has(answers.event);

/** Days that accounts are apart, at the nearest; null when one does not know. */
export function gapOf(one: Days, other: Days): number | null {
  if (!one || !other) return null;
  return Math.max(0, daysBetween(one[1], other[0]), daysBetween(other[1], one[0]));
}

const ONE_DAY = 2;
const SOME_WEEK = 0.5;
const NEXT_DAY = { sudden: -1.5, retold: -0.5, overnight: 0, lasting: 0.5, standing: 0.5 } as const;
/** For each day more. A shelter stands for weeks. */
const EACH_DAY = { sudden: -3, retold: -3, overnight: -3, lasting: -0.4, standing: -0.15 } as const;
/** Who was not there often says "yesterday" of what was said to be yesterday. */
const RETOLD: ReadonlySet<unknown> = new Set(["told", "online", "unsure"]);

/** Whether the one tells of calm before what came suddenly: it cannot tell of that. */
const isBefore = (one: Account, other: Account): boolean =>
  one.answers.event === CALM && isSudden(other) && one.days && other.days
    ? one.days[1] < other.days[0]
    : false;

function paceOf(one: Account, other: Account): keyof typeof NEXT_DAY {
  const both = [one, other];
  if (one.kind === "shelter") return "standing";
  if (isBefore(one, other) || isBefore(other, one)) return "sudden";
  if (!both.every(isSudden)) return "lasting";
  if (both.every(({ answers }) => answers.ongoing === "yes")) return "overnight";
  return both.some(({ answers }) => RETOLD.has(answers.basis)) ? "retold" : "sudden";
}

function compareDays(one: Account, other: Account, gap: number | null): Evidence {
  if (gap === null) return evidence(0);
  const isDay = [one, other].every(({ days }) => days?.[0] === days?.[1]);
  if (gap === 0) return isDay ? evidence(ONE_DAY, "same_day") : evidence(SOME_WEEK);
  const pace = paceOf(one, other);
  const points = NEXT_DAY[pace] + EACH_DAY[pace] * (gap - 1);
  return gap === 1 ? evidence(points, "next_day") : evidence(points);
}

const SAME_CATEGORY = 2;
/** Everybody who is missing is missed apart. */
const MISSING = "missing";
const SAME_LOSS = -2;
/** In a village, two such things on one day are one, if nothing else is against it; elsewhere they need more. */
const LIKE_CATEGORY = -1;
/** The same harm, whatever it is called. */
const LIKE_HARM = 0.5;
const NO_HARM: ReadonlySet<unknown> = new Set(["none", "unknown"]);
/** What a place looks like is seen in several ways. */
const LIKE_SITE = 0.5;
const OTHER_CATEGORY = -3;
/** One was asked for another thing and speaks of this: that it is not true, or over. */
const SPEAKS_OF = 1.5;
/** The category for everything that has none. */
const NAMELESS = "other";
const NAMELESS_BOTH = -1;
/** Somebody says that nothing is wrong there. On that very day, this is said against something. */
const DENIED = -1;
const DENIED_THEN = 0;

/** What one witness calls this and another that. */
const ALIKE: readonly (readonly string[])[] = [
  ["clashes", "shelling", "killing"],
  ["house_search", "detention", "missing"],
  ["house_search", "looting", "arson"],
  ["checkpoint", "road_closed"],
  ["road_closed", "curfew"],
];
const ALIKE_SITES: typeof ALIKE = [
  ["near_base", "open_air", "tents", "camp"],
  ["school", "public_building"],
];
const areIn = (groups: typeof ALIKE, both: readonly string[]): boolean =>
  groups.some((group) => both.every((category) => group.includes(category)));
const QUESTION: Readonly<Record<string, string>> = { safety: "event", shelter: "site_type" };

function compareCategories(one: Account, other: Account, gap: number | null): Evidence {
  const question = QUESTION[one.kind];
  if (!question) return compareCauses(one.answers.cause, other.answers.cause);
  const [a, b] = [String(one.answers[question]), String(other.answers[question])];
  if (a === b && a === MISSING) return evidence(SAME_LOSS);
  if (a === b && a !== NAMELESS) return evidence(SAME_CATEGORY, "same_category");
  return one.named.has(b) || other.named.has(a)
    ? evidence(SPEAKS_OF, "speaks_of")
    : compareOthers(one, other, gap);
}

function haveOneHarm(one: Account, other: Account): boolean {
  const harms = [one.answers.harm].flat().filter((harm) => !NO_HARM.has(harm));
  return [other.answers.harm].flat().some((harm) => harm !== undefined && harms.includes(harm));
}

/** Neither names what the other was asked for. */
function compareOthers(one: Account, other: Account, gap: number | null): Evidence {
  const both = [one, other].map(({ kind, answers }) => String(answers[QUESTION[kind] ?? ""]));
  if (both.every((category) => category === NAMELESS)) return evidence(NAMELESS_BOTH);
  if (both.includes(NAMELESS)) return evidence(0);
  if (both.includes(CALM)) return evidence(gap === 0 ? DENIED_THEN : DENIED);
  if (areIn(ALIKE_SITES, both)) return evidence(LIKE_SITE, "like_category");
  if (!areIn(ALIKE, both)) return evidence(OTHER_CATEGORY);
  return evidence(haveOneHarm(one, other) ? LIKE_HARM : LIKE_CATEGORY, "like_category");
}

/** Why people left: several answers each, given by people who were not asked why the others left. */
function compareCauses(one: unknown, other: unknown): Evidence {
  const causes = [one].flat();
  const haveOne = [other].flat().some((cause) => cause !== undefined && causes.includes(cause));
  return haveOne ? evidence(1, "same_category") : evidence(-0.5);
}

const MOST_WORDING = 3.5;
/** Less in common is chance. */
const LEAST_WORDING = 0.7;
const CLOSE = 1.5;
/**
 * Notes that name one thing, speak of so much and have hardly a word in common tell of two such things; less so in two
 * languages. Who denies what another says uses other words, too.
 */
const TELLING = 4;
const NOTHING = 0.5;
const UNLIKE = { village: -1.5, town: -3 } as const;
const UNLIKE_ACROSS = { village: -1, town: -2 } as const;

function unlike(one: Account, other: Account): number {
  const both = [one, other];
  const areTelling = both.every((each) => each.topics.size >= TELLING);
  const isOneThing = SUDDEN.has(one.answers.event) && one.answers.event === other.answers.event;
  if (!areTelling || !isOneThing) return 0;
  const where = both.some((each) => each.where?.isTown) ? "town" : "village";
  return (one.isLatin === other.isLatin ? UNLIKE : UNLIKE_ACROSS)[where];
}

function compareWording(one: Account, other: Account, frequencies: Frequencies): Evidence {
  const common = frequencies.common(one.topics, other.topics);
  if (common < NOTHING) return evidence(unlike(one, other));
  if (common < LEAST_WORDING) return evidence(0);
  const points = Math.min(MOST_WORDING, common);
  return points >= CLOSE ? evidence(points, "wording") : evidence(points);
}

/** Two accounts of the same kind. */
export function compare(one: Account, other: Account, frequencies: Frequencies): Likeness {
  const gap = gapOf(one.days, other.days);
  const numbers = numbersPoints(one, other, gap);
  const all = [
    comparePlaces(one.where, other.where),
    compareWays(one, other),
    compareDays(one, other, gap),
    compareCategories(one, other, gap),
    numbers > 0 ? evidence(numbers, "same_numbers") : evidence(numbers),
    compareWording(one, other, frequencies),
  ];
  return {
    points: all.reduce((sum, { points }) => sum + points, 0),
    reasons: all.flatMap(({ reasons }) => reasons),
    contradictions: contradictions(one, other, gap),
  };
}
