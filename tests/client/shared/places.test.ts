import packed from "virtual:places";
import { describe, expect, test } from "vitest";
import { loosen, normalise } from "../../../client/shared/normalise.ts";
import { parsePlaces, searchPlaces } from "../../../client/shared/places.ts";

const pack = parsePlaces(packed);
const first = (query: string): string | undefined => searchPlaces(pack, query, 5)[0]?.pcode;

test("the pack holds the 962 places of the coast, each in a subdistrict of the coast", () => {
  expect(pack.places.length).toBe(962);
  expect(pack.places.every(({ area }) => /^SY(06|10)\d{4}$/.test(area.code))).toBe(true);
});

test("a place is unpacked whole", () => {
  expect(pack.places.find(({ pcode }) => pcode === "C3575")).toEqual({
    pcode: "C3575",
    ar: "بستان الباشا",
    en: "Bustan Elbasha",
    alias: [],
    area: { code: "SY060200", ar: "مركز جبلة", en: "Jablah" },
  });
});

describe("names are the same however they are written:", () => {
  const same: [string, string][] = [
    ["إدلب", "ادلب"],
    ["آفس", "افس"],
    ["حماة", "حماه"],
    ["مصطفى", "مصطفي"],
    ["القرداحة", "قرداحه"],
    ["جَبْلَة", "جبلة"],
    ["جبـــلة", "جبلة"],
    ["بستان ١٢", "بستان 12"],
    ["بستان ۱۲", "بستان 12"],
    ["AL-QARDAHA", "qardaha"],
    ["Lattaquié", "lattaquie"],
    ["Rabee'a", "rabeea"],
    ["Jame’et", "jameet"],
    ["Laziqı", "laziqi"],
    ["کفر", "كفر"],
    ["\u200fجبلة\u200f", "جبلة"],
  ];
  test.each(same)("%s and %s", (one, other) => {
    expect(normalise(one)).toEqual(normalise(other));
  });
});

test("an article alone is still a word", () => {
  expect([normalise("Al"), normalise("ال")]).toEqual([["al"], ["ال"]]);
});

test("doubled letters, a written-in article and the last vowel are loose, and short words are not loosened", () => {
  expect(["lattakia", "elbasha", "jableh", "باشا", "طه"].map(loosen)).toEqual([
    "latakia".slice(0, -1),
    "bash",
    "jabl",
    "باش",
    "طه",
  ]);
});

describe("what people type finds the place first:", () => {
  const cases: [string, string][] = [
    ["بستان الباشا", "C3575"],
    ["بستان الباشه", "C3575"],
    ["الباشا جبله", "C3575"],
    ["bustan al-basha", "C3575"],
    ["BUSTAN ELBASHA", "C3575"],
    ["اللاذقية", "C3480"],
    ["لاذقيه", "C3480"],
    ["الادقية", "C3480"],
    ["latakia", "C3480"],
    ["Lattaquié", "C3480"],
    ["Lazkiye", "C3480"],
  ];
  test.each(cases)("%s", (query, pcode) => {
    expect(first(query)).toBe(pcode);
  });
});

test("a town that its subdistrict is named after comes before villages of equal fit", () => {
  expect(searchPlaces(pack, "القر", 1)[0]?.ar).toBe("القرداحة");
  expect(searchPlaces(pack, "ط", 1)[0]?.ar).toBe("طرطوس");
});

test("the exact name comes before names that only begin so", () => {
  expect(searchPlaces(pack, "جبلة", 2)[0]?.ar).toBe("جبلة");
});

test("no more are given than asked for, and none for what has no letters", () => {
  expect(searchPlaces(pack, "ا", 3).length).toBe(3);
  expect(["", " ", "…", "'"].map((query) => searchPlaces(pack, query, 3))).toEqual([
    [],
    [],
    [],
    [],
  ]);
});

test("each place is found by its own name", () => {
  for (const place of pack.places) {
    expect(searchPlaces(pack, place.ar, 40)).toContain(place);
  }
});
