/** Names in the language that is on; places and areas have an Arabic and a Latin one. */
import languages from "virtual:languages";
import { type Area, circles, type Place } from "../../shared/places.ts";
import type { PlaceAnswer } from "../../shared/vocabulary.ts";
import { read } from "../state.ts";
import { fill, strings } from "../words.ts";
import { areaOf, isHome, placeOf } from "./atlas.ts";
import { placeStrings } from "./words.ts";

const KILO = 1000;
const ARTICLE = /^(?:ال|[AE]l[ -]?)(?=.)/;

export type Named = Pick<Area, "code" | "ar" | "en">;

/** Which of the two names is shown. */
const shown = (): "ar" | "en" => languages[read().language.lang]?.places ?? "en";

export const readsLatin = (): boolean => shown() === "en";

export const nameOf = (named: Pick<Place, "ar" | "en">): string => named[shown()];

/** In alphabetical order, whatever article they have. */
export function sorted<T extends Pick<Place, "ar" | "en">>(list: readonly T[]): T[] {
  const { compare } = new Intl.Collator(read().language.lang);
  const key = (named: T): string => nameOf(named).replace(ARTICLE, "");
  return [...list].sort((one, other) => compare(key(one), key(other)));
}

/** What has to be fetched. */
export const sizeInWords = (bytes: number): string =>
  fill(placeStrings().size, { n: Math.ceil(bytes / KILO) });

/** A subdistrict and what it lies in, without saying a name twice. The governorate is said of those far away. */
export function aroundInWords(area: Area): string {
  const names = circles(area)
    .slice(0, isHome(area) ? 2 : 3)
    .map(nameOf);
  const isNew = (name: string, at: number): boolean =>
    !names.slice(0, at).some((before) => before.includes(name));
  return names.filter(isNew).join(strings().comma);
}

/** The area of an answer in words; "" when it has none, or none that this window knows. */
export function areaInWords({ pcode, adm3 = "" }: PlaceAnswer): string {
  const area = placeOf(pcode)?.area ?? areaOf(adm3);
  return area ? aroundInWords(area) : "";
}
