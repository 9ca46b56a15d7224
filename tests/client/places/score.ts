/**
 * How well typed names are understood, in one line of JSON: `n` names, of which the right place came `first`, and among
 * the first five (`top5`). Run by `make score-places`.
 *
 * `node score.mjs REPORTS`: one report a line, as in server/amana/data/sample_reports.jsonl. Every place answer counts
 * whose place is known (typed.ts). It is looked for as the reporter app does that has fetched every governorate: among
 * equals, the places that travel with it come first.
 *
 * `node score.mjs COUNT`: so many invented spellings (spell.ts) of places that travel with the app, among those.
 */
import { readFileSync } from "node:fs";
import { type Searched, searchPlaces } from "../../../client/shared/search.ts";
import { around, country, homePack, isAlone } from "./country.ts";
import { chances, pick, spell } from "./spell.ts";
import { type Typed, typedIn } from "./typed.ts";

const SHOWN = 5;
const SEED = 20_250_307;

export type Score = { readonly n: number; readonly first: number; readonly top5: number };

export function score(typed: readonly Typed[], searched: readonly Searched[]): Score {
  const ranks = typed.map(({ text, pcode }) =>
    searchPlaces(searched, text, SHOWN).findIndex(({ place }) => place.pcode === pcode),
  );
  return {
    n: ranks.length,
    first: ranks.filter((rank) => rank === 0).length,
    top5: ranks.filter((rank) => rank >= 0).length,
  };
}

/** Spellings of places taken at random, with their area where the name alone could be another's. */
export function spellings(places: typeof homePack.places, count: number): Typed[] {
  const chance = chances(SEED);
  return Array.from({ length: count }, () => {
    const place = pick(chance, places);
    return { text: spell(chance, place, !isAlone(place)), pcode: place.pcode };
  });
}

export const scoreReports = (file: string): Score =>
  score(typedIn(readFileSync(file, "utf8")), country);

export const scoreSpellings = (count: number): Score =>
  score(spellings(homePack.places, count), [around]);
