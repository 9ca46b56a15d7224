/** The places that this window knows: those that travel with the app, and those of governorates that were fetched. */
import governorates from "virtual:governorates";
import packed from "virtual:places-arabic";
import { indexPlaces } from "../../shared/placeindex.ts";
import {
  type Area,
  circles,
  type PackedPlaces,
  type Place,
  type PlacePack,
  parsePlaces,
} from "../../shared/places.ts";
import { type Found, type Searched, searchPlaces } from "../../shared/search.ts";
import { pause } from "../clock.ts";
import { bringLater, fetchLatinNames } from "../parts.ts";
import { change } from "../state.ts";

const SHOWN = 6;
/** Milliseconds. */
const RETRY = 10_000;

let home = parsePlaces(packed);
let packs: PlacePack[] = [home];
const indexes = new WeakMap<PlacePack, Searched>();

/** How many governorates have come of how many; null while none is fetched. */
let coming: { readonly done: number; readonly of: number } | null = null;
let failed = false;

let latin: "absent" | "coming" | "here" = "absent";

/**
 * Fetches the Latin names of the places that travel with the app, which are only transliterated till then: whoever reads
 * and writes Arabic alone pays nothing for them.
 */
export async function bringLatinNames(): Promise<void> {
  if (latin !== "absent") return;
  latin = "coming";
  try {
    const spelt = parsePlaces({ ...packed, en: await fetchLatinNames() });
    packs = packs.map((pack) => (pack === home ? spelt : pack));
    home = spelt;
    last = null;
    latin = "here";
    change({});
  } catch {
    await pause(RETRY);
    latin = "absent";
  }
}

/** What is being fetched, and whether the last try failed. */
export const fetching = () => ({ coming, failed });

let last: { readonly text: string; readonly packs: number; readonly found: Found[] } | null = null;

/** Places that fit what was typed, best first. */
export function find(text: string): Found[] {
  if (last?.text === text && last.packs === packs.length) return last.found;
  last = { text, packs: packs.length, found: searchPlaces(packs.map(ready), text, SHOWN) };
  return last.found;
}

/** A pack made ready to be searched, when it is searched first. */
function ready(pack: PlacePack): Searched {
  const searched = indexes.get(pack) ?? { index: indexPlaces(pack), isAround: pack === home };
  indexes.set(pack, searched);
  return searched;
}

/** A place that is here. */
export function placeOf(pcode: string | null): Place | undefined {
  return packs.flatMap(({ places }) => places).find((place) => place.pcode === pcode);
}

/** All areas that are here, of all levels. */
function knownAreas(): Area[] {
  const areas = packs.flatMap((pack) => pack.areas).flatMap(circles);
  return [...new Set(areas)];
}

/** An area that is here. */
export const areaOf = (code: string): Area | undefined =>
  knownAreas().find((area) => area.code === code);

/** Governorates whose places are not here yet. */
export const absent = () => governorates.filter(({ code }) => !areaOf(code));

/** Whether an area travels with the app. */
export const isHome = (area: Area): boolean => home.areas.includes(area);

/** The areas right below one that are here; without one, the governorates. */
export const areasIn = (code: string | undefined): Area[] =>
  knownAreas().filter(({ within }) => within?.code === code);

/** The places of a subdistrict. */
export const placesIn = (code: string): Place[] =>
  packs.flatMap(({ places }) => places).filter(({ area }) => area.code === code);

/** Fetches one governorate, or all; one after the other, and the rest later when one does not come. */
export async function bring(wanted?: string): Promise<void> {
  if (coming) return;
  const list = absent().filter(({ code }) => wanted === undefined || code === wanted);
  failed = false;
  try {
    for (const [done, governorate] of list.entries()) {
      coming = { done, of: list.length };
      change({});
      packs.push(parsePlaces(JSON.parse(await bringLater(governorate)) as PackedPlaces));
    }
  } catch {
    failed = true;
  }
  coming = null;
  change({});
}
