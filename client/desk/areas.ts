/** Administrative areas and places by name. The codes nest: a district's code begins its subdistricts' codes. */
import areas from "virtual:areas";
import { indexPlaces } from "../shared/placeindex.ts";
import { type PackedPlaces, type Place, parsePlaces } from "../shared/places.ts";
import { type Found, type Searched, searchPlaces } from "../shared/search.ts";
import { count, object, text } from "./shape.ts";
import type { Lang } from "./text.ts";

export type { Place } from "../shared/places.ts";

/** How long the codes of a level are: all are alike. */
const lengthOf = ([first]: readonly (readonly [code: string, names: object])[]): number =>
  first?.[0].length ?? 0;
const ADM1_LENGTH = lengthOf(areas.adm1);
const ADM2_LENGTH = lengthOf(areas.adm2);

const NAMES = new Map([...areas.adm1, ...areas.adm2, ...areas.adm3]);
const SUBDISTRICTS = areas.adm3.map(([code]) => code);
const KNOWN = new Set(SUBDISTRICTS);

export const adm1Of = (code: string): string => code.slice(0, ADM1_LENGTH);
export const adm2Of = (code: string): string => code.slice(0, ADM2_LENGTH);
export const isSubdistrict = (code: unknown): code is string =>
  typeof code === "string" && KNOWN.has(code);

/** Every name of an area, in every language that has one. */
export const AREA_NAMES: readonly string[] = [...NAMES.values()].flatMap((names) =>
  Object.values(names),
);

/** The name of an area in words, the code itself when it is unknown. */
export const areaName = (code: string, lang: Lang): string => NAMES.get(code)?.[lang] ?? code;

/** All subdistricts below their district, for choosing. */
export const DISTRICTS: readonly { readonly code: string; readonly adm3: readonly string[] }[] =
  areas.adm2.map(([code]) => ({
    code,
    adm3: SUBDISTRICTS.filter((subdistrict) => adm2Of(subdistrict) === code),
  }));

/** The places that this build knows: by their code, and by anything like their name. */
export interface Atlas {
  readonly byCode: ReadonlyMap<string, Place>;
  readonly search: (query: string, limit: number) => readonly Found[];
}

/** For as long as no pack has arrived: reports can be read without it. */
export const NO_ATLAS: Atlas = { byCode: new Map(), search: () => [] };

/** The pack of places as it is served. */
export const packShape = object({
  areas: text,
  codes: text,
  ar: text,
  shift: count,
  en: text,
  alias: text,
});

export function atlasOf(packed: PackedPlaces): Atlas {
  const pack = parsePlaces(packed);
  let searched: readonly Searched[] | null = null;
  return {
    byCode: new Map(pack.places.map((place) => [place.pcode, place])),
    search: (query, limit) => {
      searched ??= [{ index: indexPlaces(pack), isAround: false }];
      return searchPlaces(searched, query, limit);
    },
  };
}
