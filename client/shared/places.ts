/** The pack of places as it travels, and as it is read. */
import { latinName } from "./latin.ts";

/**
 * Areas and places in columns, which compress best: cells parted by `|`, first the areas, then the places in the order of
 * their subdistricts.
 *
 * `areas`: a governorate's code, or what a district's or subdistrict's adds to that of the area around it, which stands
 * before it; of a subdistrict, behind `:`, how many places it has. `codes`: a place's code, or what its number adds to
 * the one before it; empty for one. `ar`: names; ASCII letters from `@` to `{` stand for what is `shift` further on in
 * Unicode. `en`: names as patches (latin.ts), a plain transliteration where there are none. `alias`: other names of a place, parted by `;`.
 */
export type PackedPlaces = {
  readonly areas: string;
  readonly codes: string;
  readonly ar: string;
  readonly shift: number;
  readonly en: string;
  readonly alias: string;
};

/** An administrative area, and the one it lies in. */
export type Area = {
  readonly code: string;
  readonly ar: string;
  readonly en: string;
  readonly within: Area | null;
};

/** A town, village or neighbourhood and the subdistrict it lies in. */
export type Place = {
  readonly pcode: string;
  readonly ar: string;
  readonly en: string;
  readonly alias: readonly string[];
  readonly area: Area;
};

/** Subdistricts, and the places in them. */
export type PlacePack = { readonly areas: readonly Area[]; readonly places: readonly Place[] };

/** All names of a place, the two that are shown first. */
export const namesOf = ({ ar, en, alias }: Place): string[] => [ar, en, ...alias];

/** An area and those around it, the smallest first. */
export const circles = (area: Area): Area[] => [area, ...(area.within ? circles(area.within) : [])];

/** Unpacks what the build packed. */
export function parsePlaces(packed: PackedPlaces): PlacePack {
  const ar = packed.ar.replace(/[@-{]/g, (letter) => shifted(letter, packed.shift)).split("|");
  const patches = packed.en.split("|");
  const en = ar.map((name, at) => latinName(name, patches[at] ?? ""));
  const alias = packed.alias.split("|");
  const counted = areasOf(packed.areas.split("|"), ar, en);
  const areaOf = counted.flatMap(({ area, places }) => new Array<Area>(places).fill(area));
  const before = packed.areas.split("|").length;
  const places = codesOf(packed.codes.split("|")).map((pcode, at) => ({
    pcode,
    ar: ar[before + at] ?? "",
    en: en[before + at] ?? "",
    alias: alias[at]?.split(";").filter(Boolean) ?? [],
    area: areaOf[at] ?? nowhere(),
  }));
  return { areas: counted.map(({ area }) => area), places };
}

const shifted = (letter: string, by: number): string =>
  String.fromCharCode(letter.charCodeAt(0) + by);

type Counted = { readonly area: Area; readonly places: number };

/** The subdistricts, with the areas around them. */
function areasOf(
  cells: readonly string[],
  ar: readonly string[],
  en: readonly string[],
): Counted[] {
  const around: { governorate: Area | null; district: Area | null } = {
    governorate: null,
    district: null,
  };
  return cells.flatMap((cell, at) => {
    const [added = "", places] = cell.split(":");
    const level = levelOf(added, places);
    const within = {
      governorate: null,
      district: around.governorate,
      subdistrict: around.district,
    }[level];
    const area = { code: (within?.code ?? "") + added, ar: ar[at] ?? "", en: en[at] ?? "", within };
    if (level === "subdistrict") return [{ area, places: Number(places) }];
    around[level] = area;
    return [];
  });
}

function levelOf(added: string, places: string | undefined) {
  if (places !== undefined) return "subdistrict";
  return /^\D/.test(added) ? "governorate" : "district";
}

/** Codes written out; those of one run have the same letters and as many digits. */
function codesOf(cells: readonly string[]): string[] {
  let code = "";
  return cells.map((cell) => {
    code = /^\D/.test(cell) ? cell : following(code, Number(cell || 1));
    return code;
  });
}

const following = (code: string, by: number): string =>
  code.replace(/\d+$/, (digits) => String(Number(digits) + by).padStart(digits.length, "0"));

function nowhere(): never {
  throw new TypeError("a place without an area");
}
