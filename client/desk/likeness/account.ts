/** A report as one account of an event: what two of them are compared by. Nothing of it leaves this window. */
import { namesOf } from "../../shared/places.ts";
import { isLatin } from "../../shared/spelling.ts";
import { AREA_NAMES, type Atlas, type Place } from "../areas.ts";
import { addDays } from "../clock.ts";
import { fromReport } from "../form/prefill.ts";
import { meantAmong, type Placed, readPlace } from "../placed.ts";
import type { OpenedReport } from "../vault/messages.ts";
import { namedIn, nameWords, topicsOf } from "./wording.ts";

/**
 * Where it was. `places`: codes of the known places that may be meant, one if it was picked. `isSure`: it was picked.
 * `isTown`: so many live there that two things on one day are not yet one. `words` are those of the name as it was
 * written; `corners` of them tell where in the place or beside it.
 */
export interface Where {
  readonly places: readonly string[];
  readonly isSure: boolean;
  readonly isTown: boolean;
  readonly adm3: string | null;
  readonly words: ReadonlySet<string>;
  readonly corners: ReadonlySet<string>;
}

/** First and last day it may have been; empty when nobody knows. */
export type Days = readonly [first: string, last: string] | null;

export interface Account {
  readonly kind: string;
  readonly where: Where | null;
  /** Where people went; of a displacement only. */
  readonly to: Where | null;
  readonly days: Days;
  readonly answers: OpenedReport["answers"];
  /** What its note speaks of, in Latin letters or in others, and the categories that it names. */
  readonly topics: ReadonlySet<string>;
  readonly isLatin: boolean;
  readonly named: ReadonlySet<string>;
}

/** How many places a written name may mean. */
const LOOKED_AT = 4;

const WEEK = 6;

const AREA_WORDS = new Set(AREA_NAMES.flatMap((name) => [...nameWords(name)]));

/** Whether areas are called so, and with them the towns that give them their names. */
export const isAreaWord = (word: string): boolean => AREA_WORDS.has(word);

export function accountOf(report: OpenedReport, received: string, atlas: Atlas): Account {
  const { kind, answers } = report;
  const isMove = kind === "displacement";
  const note = typeof answers.note === "string" ? answers.note : "";
  return {
    kind,
    where: whereOf(answers[isMove ? "from_place" : "place"], atlas),
    to: isMove ? whereOf(answers.to_place, atlas) : null,
    days: daysOf(report, received, atlas),
    answers,
    topics: topicsOf(note),
    isLatin: isLatin(note),
    named: namedIn(note),
  };
}

/** The days as the assessment form would suggest them. */
function daysOf(report: OpenedReport, received: string, atlas: Atlas): Days {
  const { day, time_precision } = fromReport(report, received, atlas);
  if (typeof day !== "string" || day === "") return null;
  return [day, time_precision === "week" ? addDays(day, WEEK) : day];
}

function whereOf(answer: unknown, atlas: Atlas): Where | null {
  const placed = readPlace(answer, atlas);
  if (!placed) return null;
  const words = nameWords(placed.written);
  const found = placed.place ? [placed.place] : likely(placed, atlas);
  const [first] = found;
  const called = new Set(found.flatMap(namesOf).flatMap((name) => [...nameWords(name)]));
  return {
    places: found.map(({ pcode }) => pcode),
    isSure: placed.place !== null,
    isTown: first !== undefined && isTown(first),
    adm3: placed.adm3 ?? oneArea(found),
    words,
    corners: new Set([...words].filter((word) => !called.has(word) && !isAreaWord(word))),
  };
}

/** The known places that a written name may mean. */
function likely({ written, adm3 }: Placed, atlas: Atlas): readonly Place[] {
  const found = atlas.search(written, LOOKED_AT);
  return meantAmong(found.filter(({ place }) => adm3 === null || place.area.code === adm3));
}

function oneArea(places: readonly Place[]): string | null {
  const [first, ...others] = new Set(places.map(({ area }) => area.code));
  return first !== undefined && others.length === 0 ? first : null;
}

/** A name without "centre of" and without its article, which is written to the one and not to the other. */
const plain = (name: string): string => name.replace(/^(?:مركز )?(?:ال)?/u, "");

/** Whether an area is called after it: a town. */
const isTown = ({ ar, area }: Place): boolean =>
  [area, area.within, area.within?.within].some((each) => each && plain(each.ar) === plain(ar));
