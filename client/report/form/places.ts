/** Places by name, once the pack has arrived. */
import {
  type Area,
  type PackedPlaces,
  type Place,
  parsePlaces,
  searchPlaces,
} from "../../shared/places.ts";

const SHOWN = 6;

export type PlaceFinder = {
  /** Places that fit what was typed, best first. */
  readonly search: (typed: string) => readonly Place[];
  readonly byCode: (pcode: string) => Place | undefined;
};

/** Reads the part `places`. */
export function placeFinder(part: string): PlaceFinder {
  const pack = parsePlaces(JSON.parse(part) as PackedPlaces);
  return {
    search: (typed) => searchPlaces(pack, typed, SHOWN),
    byCode: (pcode) => pack.places.find((place) => place.pcode === pcode),
  };
}

/** A name in the language that is on; places have an Arabic and a Latin one. */
export const nameIn = (lang: string, named: Place | Area): string =>
  lang === "ar" ? named.ar : named.en;
