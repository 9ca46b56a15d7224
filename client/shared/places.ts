/** Places by name: the pack that travels with the app, and the search as one types. */
import { loosen, normalise } from "./normalise.ts";

/**
 * The part `places` as it travels. `codes`, `ar`, `en`, `alias` are columns: one cell a place, parted by `|`, the other
 * names in a cell of `alias` by `;`. The places of an area stand together, `places` says how many.
 */
export type PackedPlaces = {
  readonly areas: readonly (readonly [code: string, ar: string, en: string, places: number])[];
  readonly codes: string;
  readonly ar: string;
  readonly en: string;
  readonly alias: string;
};

/** A subdistrict. */
export type Area = { readonly code: string; readonly ar: string; readonly en: string };

/** A town, village or neighbourhood and the subdistrict it lies in. */
export type Place = {
  readonly pcode: string;
  readonly ar: string;
  readonly en: string;
  readonly alias: readonly string[];
  readonly area: Area;
};

export type PlacePack = { readonly areas: readonly Area[]; readonly places: readonly Place[] };

/** Unpacks what the build packed; `TypeError` for anything else. */
export function parsePlaces(packed: PackedPlaces): PlacePack {
  const [codes, ar, en, alias] = [packed.codes, packed.ar, packed.en, packed.alias].map((column) =>
    column.split("|"),
  ) as [string[], string[], string[], string[]];
  const areas = packed.areas.map(([code, arabic, english]) => ({ code, ar: arabic, en: english }));
  const areaOf = packed.areas.flatMap(([, , , count], at) => new Array<number>(count).fill(at));
  const places = codes.map((pcode, at) => ({
    pcode,
    ar: ar[at] ?? "",
    en: en[at] ?? "",
    alias: alias[at] ? alias[at].split(";") : [],
    area: areas[areaOf[at] ?? -1] ?? nowhere(),
  }));
  return { areas, places };
}

function nowhere(): never {
  throw new TypeError("not a place pack");
}

/** How well a name fits: the smaller the better. Below `NONE`, a place is shown. */
const NONE = 9;
const ALIAS_COST = 0.5;
const LOOSE_COST = 4;

type Words = readonly string[];
/** A place's names, the two proper ones first, and its subdistrict's name. */
type Names = { readonly names: readonly Words[]; readonly area: Words };
/** `seat`: the subdistrict is named after the place. */
type Entry = {
  readonly place: Place;
  readonly seat: boolean;
  readonly strict: Names;
  readonly loose: Names;
};

const indexes = new WeakMap<PlacePack, readonly Entry[]>();

/**
 * The places that fit what was typed, best first: the whole name, then names that begin so, then names in which every
 * typed word begins a word, the subdistrict's name counting too; each time as spelt before loosely spelt, and proper
 * names before other names. Of equals, towns that their subdistrict is named after come first, then short names.
 * Nothing for a query without letters.
 */
export function searchPlaces(pack: PlacePack, query: string, limit: number): Place[] {
  const words = normalise(query);
  if (words.length === 0) return [];
  const loose = words.map(loosen);
  return indexOf(pack)
    .map((entry) => ({ entry, cost: costOf(entry, words, loose) }))
    .filter(({ cost }) => cost < NONE)
    .sort((one, other) => one.cost - other.cost || weight(one.entry) - weight(other.entry))
    .slice(0, limit)
    .map(({ entry }) => entry.place);
}

function indexOf(pack: PlacePack): readonly Entry[] {
  const known = indexes.get(pack);
  if (known) return known;
  const areas = new Map(pack.areas.map((area) => [area, [area.ar, area.en].flatMap(normalise)]));
  const made = pack.places.map((place) => entryOf(place, areas.get(place.area) ?? []));
  indexes.set(pack, made);
  return made;
}

function entryOf(place: Place, area: Words): Entry {
  const names = [place.ar, place.en, ...place.alias].map(normalise);
  const loose = { names: names.map((name) => name.map(loosen)), area: area.map(loosen) };
  const seat = normalise(place.ar).every((word) => area.includes(word));
  return { place, seat, strict: { names, area }, loose };
}

const weight = ({ seat, place }: Entry): number => (seat ? 0 : place.ar.length);

function costOf({ strict, loose }: Entry, words: Words, looseWords: Words): number {
  const cost = bestCost(strict, words);
  return cost < LOOSE_COST ? cost : bestCost(loose, looseWords) + LOOSE_COST;
}

const bestCost = ({ names, area }: Names, words: Words): number =>
  Math.min(...names.map((name, at) => nameCost(name, area, words) + (at < 2 ? 0 : ALIAS_COST)));

/** 0: the name itself. 1: it begins so. 2: each word begins one of its words. 3: with the area's words. */
function nameCost(name: Words, area: Words, words: Words): number {
  const [whole, typed] = [name.join(" "), words.join(" ")];
  if (whole === typed) return 0;
  if (whole.startsWith(typed)) return 1;
  if (begin(words, name)) return 2;
  const rest = words.filter((word) => !begin([word], name));
  return rest.length < words.length && begin(rest, area) ? 3 : NONE;
}

const begin = (words: Words, name: Words): boolean =>
  words.every((word) => name.some((part) => part.startsWith(word)));
