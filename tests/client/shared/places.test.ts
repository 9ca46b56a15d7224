/** The pack of places as it travels, and as it is read again. */

import { readFileSync } from "node:fs";
import packed from "virtual:places";
import elsewhere from "virtual:places-elsewhere";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { patchFor } from "../../../client/bundle/latin.mjs";
import { latinName } from "../../../client/shared/latin.ts";
import { circles, parsePlaces } from "../../../client/shared/places.ts";

type Row = [pcode: string, en: string, ar: string, adm3: string, ...rest: unknown[]];

const DATA = new URL("../../../server/amana/data/", import.meta.url);
const data = (name: string) => JSON.parse(readFileSync(new URL(name, DATA), "utf8"));
const rows: Row[] = data("places.json").rows;

const pack = parsePlaces(packed);
const all = [pack, ...elsewhere.map(parsePlaces)].flatMap(({ places }) => places);

test("the pack holds the 962 places of the coast, each in a subdistrict of the coast", () => {
  expect(pack.places.length).toBe(962);
  expect(pack.places.every(({ area }) => /^SY(06|10)\d{4}$/.test(area.code))).toBe(true);
});

test("all packs together hold every place of the data, with its names, its other names and its subdistrict", () => {
  const read = all.map(({ pcode, en, ar, area, alias }) => [pcode, en, ar, area.code, alias]);
  const written = rows.map(([pcode, en, ar, adm3, , , , alias]) => [
    pcode,
    en,
    ar,
    adm3,
    alias ?? [],
  ]);
  const byCode = (one: unknown[], other: unknown[]) => (String(one[0]) < String(other[0]) ? -1 : 1);
  expect(read.sort(byCode)).toEqual(written.sort(byCode));
});

test("a place is unpacked whole, in the areas around it", () => {
  const place = pack.places.find(({ pcode }) => pcode === "C3575");
  expect(place).toMatchObject({
    pcode: "C3575",
    ar: "بستان الباشا",
    en: "Bustan Elbasha",
    alias: [],
  });
  expect(place && circles(place.area)).toMatchObject([
    { code: "SY060200", ar: "مركز جبلة", en: "Jablah" },
    { code: "SY0602", ar: "جبلة", en: "Jablah" },
    { code: "SY06", ar: "اللاذقية", en: "Lattakia", within: null },
  ]);
});

describe("a Latin name is read again as it was, whatever it is:", () => {
  test.each([
    ["بستان الباشا", "Bustan Elbasha"],
    ["القنجرة", "Qanjara"],
    ["الوادي", "Al-Wadi \\ Jaqaorjaq"],
    ["وادي قنديل", "Wadi qendeel"],
    ["حي السابع من نيسان", "7 Nisan"],
    ["", "Nowhere"],
    ["جبلة", ""],
    ["جبلة", "=,.^"],
    ["جبلة", "ΣΟΦΙΑ ßẞ"],
  ])("%s, %s", (arabic, latin) => {
    expect(latinName(arabic, patchFor(arabic, latin))).toBe(latin);
  });

  test("any text", () => {
    const text = fc.string({ unit: fc.constantFrom(..."ابجلةي bajLE-',.^=|"), maxLength: 12 });
    fc.assert(
      fc.property(text, text, (arabic, latin) => {
        expect(latinName(arabic, patchFor(arabic, latin))).toBe(latin);
      }),
    );
  });
});

test("a pack with more places than areas for them is none", () => {
  expect(() => parsePlaces({ ...packed, codes: `${packed.codes}|C9999` })).toThrow(TypeError);
});
