/** Places by name, as people type it: in either alphabet, misspelt, with words around it that are not the name's. */
import type { Costs } from "./lexicon.ts";
import type { Name, PlaceIndex } from "./placeindex.ts";
import type { Area, Place } from "./places.ts";
import { parseQuery, type Query } from "./query.ts";

/** A place that fits, and the name of it that fitted best. The less it costs, the better it fits. */
export type Found = { readonly place: Place; readonly name: string; readonly cost: number };

/** Places to look among. Those that are `around` a person are likelier than others. */
export type Searched = { readonly index: PlaceIndex; readonly isAround: boolean };

/** What a typed word costs that names the area of a place, or an area elsewhere: people name what is near. */
const AREA = 37;
const AREA_ELSEWHERE = 90;

/** What it costs that the first word is missing, that words changed their order, that two are written as one. */
const LEFT_FIRST = 10;
const DISORDER = 6;
const JOINED = 10;

/** What it costs that Arabic letters mean a Latin name. Not so the other way round: people spell as they hear. */
const LATIN_NAME = 15;

/** What is likelier: a name that fits wholly, a town that areas are named after, a place around. */
const EXACT = -15;
const RANK = -12;
const AROUND = -30;

/** Places that fit so much worse than the best are not meant. */
const FAR = 110;

/** What a typed word costs by the word that it is like, and if it is none of the name's. */
type Slot = { readonly near: Costs; readonly spare: number };

/** The places that fit, best first; of equals, the one with the shorter name. Nothing for a query without letters. */
export function searchPlaces(searched: readonly Searched[], text: string, limit: number): Found[] {
  const query = parseQuery(text);
  return searched
    .flatMap(({ index, isAround }) => search(index, query, isAround ? AROUND : 0))
    .sort((one, other) => one.cost - other.cost || tie(one.place, other.place))
    .slice(0, limit)
    .filter(({ cost }, _, [best]) => best && cost - best.cost <= FAR);
}

const tie = (one: Place, other: Place): number =>
  one.ar.length - other.ar.length || (one.pcode < other.pcode ? -1 : 1);

function search(index: PlaceIndex, query: Query, bonus: number): Found[] {
  const words = query.words.map((word): Slot => ({ near: index.near(word), spare: word.spare }));
  const pairs = query.pairs.map((pair): Slot => ({ near: index.near(pair), spare: pair.spare }));
  const slotsIn = slotsByArea(index, words, pairs);
  const best = new Map<Place, Found>();
  for (const name of namesLike(index, [...words, ...pairs])) {
    const { place, text } = name;
    const cost = costOf(index, name, query, slotsIn(place.area)) + bonus;
    if (cost < (best.get(place)?.cost ?? Number.POSITIVE_INFINITY))
      best.set(place, { place, name: text, cost });
  }
  return [...best.values()];
}

function costOf(
  index: PlaceIndex,
  name: Name,
  query: Query,
  readings: readonly (readonly Slot[])[],
): number {
  const alphabet = name.isLatin && !query.isLatin ? LATIN_NAME : 0;
  const fit = fitOf(index, name, readings) + alphabet;
  return fit + (fit === 0 ? EXACT : 0) + RANK * (index.rank.get(name.place) ?? 0);
}

/** The names in which a word occurs that is like a typed one. */
function namesLike({ namesWith }: PlaceIndex, slots: readonly Slot[]): Set<Name> {
  const found = new Set<Name>();
  for (const { near } of slots) {
    for (const word of near.keys()) {
      for (const name of namesWith(word)) found.add(name);
    }
  }
  return found;
}

/** The ways to read what was typed, for a place of an area: word by word, and with two neighbours as one. */
function slotsByArea(index: PlaceIndex, words: readonly Slot[], pairs: readonly Slot[]) {
  const costs = new Map(
    [...index.areaWords].map(([area, known]) => [area, areaCosts(words, known)]),
  );
  const elsewhere = words.map((_, at) =>
    Math.min(...[...costs.values()].map((each) => each[at] ?? 0)),
  );
  const made = new Map<Area, Slot[][]>();
  return (area: Area): readonly (readonly Slot[])[] => {
    const known = made.get(area);
    if (known) return known;
    const here = costs.get(area) ?? [];
    const slots = words.map(({ near, spare }, at) => ({
      near,
      spare: Math.min(spare, (here[at] ?? 0) + AREA, (elsewhere[at] ?? 0) + AREA_ELSEWHERE),
    }));
    const readings = [
      slots,
      ...pairs.map((pair, at) => [...slots.slice(0, at), pair, ...slots.slice(at + 2)]),
    ];
    made.set(area, readings);
    return readings;
  };
}

const areaCosts = (words: readonly Slot[], known: readonly number[]): number[] =>
  words.map(({ near }) =>
    Math.min(...known.map((word) => near.get(word) ?? Number.POSITIVE_INFINITY)),
  );

/** What the best reading of what was typed costs as this name. */
function fitOf(
  index: PlaceIndex,
  name: Name,
  [plain = [], ...paired]: readonly (readonly Slot[])[],
): number {
  const asWhole =
    name.whole.length > 0
      ? costAs(index, name.whole, [true], plain) + JOINED
      : Number.POSITIVE_INFINITY;
  const asPairs = paired
    .filter((_, at) => name.words.some((word) => paired[at]?.[at]?.near.has(word)))
    .map((slots) => costAs(index, name.words, name.core, slots) + JOINED);
  return Math.min(costAs(index, name.words, name.core, plain), asWhole, ...asPairs);
}

/** Gives each typed word the word of the name that it is most like; infinite when only fillers are left to it. */
function costAs(
  { left }: PlaceIndex,
  words: readonly number[],
  core: readonly boolean[],
  slots: readonly Slot[],
): number {
  const taken = words.map(() => false);
  let cost = 0;
  let last = -1;
  for (const slot of slots) {
    const price = (word: number, at: number): number =>
      taken[at]
        ? Number.POSITIVE_INFINITY
        : (slot.near.get(word) ?? Number.POSITIVE_INFINITY) + (at < last ? DISORDER : 0);
    const prices = words.map(price);
    const least = Math.min(...prices);
    if (least <= slot.spare) {
      last = prices.indexOf(least);
      taken[last] = true;
    }
    cost += Math.min(least, slot.spare);
  }
  if (!taken.some((is, at) => is && core[at])) return Number.POSITIVE_INFINITY;
  return words.reduce(
    (sum, word, at) =>
      taken[at] ? sum : sum + (left[word] ?? 0) + (at === 0 && core[at] ? LEFT_FIRST : 0),
    cost,
  );
}
