/** Where a report says it was: the place answers of a report, read with care. */
import { isObject } from "../shared/json.ts";
import type { Found } from "../shared/search.ts";
import { type Atlas, adm2Of, areaName, isSubdistrict, type Place } from "./areas.ts";
import type { Lang } from "./text.ts";
import type { OpenedReport } from "./vault/messages.ts";

/** A place answer: what the sender wrote, the known place it was picked as, the subdistrict that follows. */
export interface Placed {
  readonly written: string;
  readonly place: Place | null;
  readonly adm3: string | null;
}

/** The question that says where it happened. Of a displacement, that is where people had to leave. */
const mainQuestion = (kind: string): string => (kind === "displacement" ? "from_place" : "place");

/** Reads one place answer; null when it is none. */
export function readPlace(answer: unknown, atlas: Atlas): Placed | null {
  if (!isObject(answer)) return null;
  const { pcode, text, adm3 } = answer;
  const place = typeof pcode === "string" ? (atlas.byCode.get(pcode) ?? null) : null;
  const subdistrict = place?.area.code ?? adm3;
  return {
    written: typeof text === "string" ? text : "",
    place,
    adm3: isSubdistrict(subdistrict) ? subdistrict : null,
  };
}

/** Whether the first of the places found is the one that was meant. */
export type Confidence = "sure" | "likely" | "guess";

/** What a name may cost that fits, and how much better than the next it must be (shared/search.ts). */
const EXACT = 0;
const FITS = 70;
const CLEARLY = 12;

/** Of places that are found by a written name, best first. */
export function confidenceIn([best, next]: readonly Found[]): Confidence {
  if (!best || best.cost > FITS) return "guess";
  if (next && next.cost - best.cost < CLEARLY) return "guess";
  return best.cost <= EXACT ? "sure" : "likely";
}

/** Those that may be meant: the best, if it fits, and those that fit about as well. */
export const meantAmong = (found: readonly Found[]): readonly Place[] => {
  const [best] = found;
  if (!best || best.cost > FITS) return [];
  return found.filter(({ cost }) => cost - best.cost < CLEARLY).map(({ place }) => place);
};

/** The place that the report is about. */
export const mainPlace = ({ kind, answers }: OpenedReport, atlas: Atlas): Placed | null =>
  readPlace(answers[mainQuestion(kind)], atlas);

/** Subdistrict and district, one name when both have the same. */
export function areaWords(adm3: string, lang: Lang): string {
  const names = new Set([areaName(adm3, lang), areaName(adm2Of(adm3), lang)]);
  return [...names].join(lang === "ar" ? "، " : ", ");
}
