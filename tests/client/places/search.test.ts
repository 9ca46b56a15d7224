/** What people type finds the place they mean. */
import { describe, expect, test } from "vitest";
import { searchPlaces } from "../../../client/shared/search.ts";
import { soundsOf, wordsOf } from "../../../client/shared/spelling.ts";
import { around, country, homePack, otherPacks } from "./country.ts";

const SHOWN = 5;
/** One place in so many is tried: all of them take a slow machine a minute. */
const EVERY = 7;
const codes = (text: string): string[] =>
  searchPlaces([around], text, SHOWN).map(({ place }) => place.pcode);

describe("names are the same however they are written:", () => {
  test.each([
    ["إدلب", "ادلب"],
    ["آفس", "افس"],
    ["جَبْلَة", "جبلة"],
    ["جبـــلة", "جبلة"],
    ["بستان ١٢", "بستان 12"],
    ["بستان ۱۲", "بستان 12"],
    ["AL-QARDAHA", "al qardaha"],
    ["As-Sawda", "assawda"],
    ["Lattaquié", "lattaquie"],
    ["Rabee'a", "rabeea"],
    ["Jame’et", "jameet"],
    ["کفر", "كفر"],
    ["\u200fجبلة\u200f", "جبلة"],
    ["حميميم 🙏🏽", "حميميم"],
  ])("%s and %s", (one, other) => {
    const sounds = (text: string): string[] => wordsOf(text).map(soundsOf);
    expect(sounds(one)).toEqual(sounds(other));
  });
});

/** The place of each row, by its code, and what it may be called. None of it is in the data. */
const SPELLINGS: readonly (readonly [pcode: string, ...texts: string[]])[] = [
  ["C3585", "Jableh", "Jabla", "jable", "Djebleh", "جبله", "جبلا", "بجبلة", "مدينة جبله"],
  ["C5360", "Baniyas", "Banias city", "Paniyas", "بنياس", "بانياس الساحل", "ببانياس"],
  ["C3480", "Lattakia", "Latakiya", "al-Ladhiqiyah", "لاذقيه", "الادقية", "باللاذقية", "للاذقية"],
  ["C3588", "Hmeimim", "Khmeimim airbase", "7meimim", "Humaymim", "حمميم", "قاعدة حميميم الجوية"],
  ["C3809", "Qardaha", "al-Kardaha", "قرداحه", "القردحة", "بالقرداحة"],
  ["C5221", "Tartus", "6ar6ous", "ترتوس"],
  ["C3671", "Haffeh", "el Haffe", "الحفّة", "حفه"],
  ["C3700", "Slenfeh", "Slunfe", "صلنفا", "سلنفة"],
  ["C6352", "Al-Mukhtareyah", "مختارية"],
  ["C3675", "Cherifa", "شريفه"],
  ["C3561", "Sanobar", "Snobar Jableh", "صنوبر جبلة", "قرية الصنوبر"],
  ["C5352", "Harisoun, Baniyas", "حريسون", "حريصون بانياس"],
  ["C3492", "Brabeshbo"],
  ["C3654", "Bayt Anna", "بيت عانه"],
  ["C3667", "Beit Yashout", "بيت ياشوط جبلة", "بيتياشوط", "بيت ياشوت", "ياشوط بيت"],
  ["C3603", "Ain al-Sharqiya", "العين الشرقية"],
  ["C3647", "Ain Chqaq", "عين شقاء"],
  ["N0331", "Besnada", "بسنادا", "حي بسنادا", "بسنادا اللاذقية"],
  ["C3781", "Jermati near Qardaha", "جرماتي ريف القرداحة"],
  ["C3829", "Harf al-Musaytirah", "حرف المسيتره القرداحة"],
  ["C5404", "Kadmous", "قدموس"],
  ["C5586", "Dreikich", "Duraykish", "دريكيش"],
  ["C5638", "Cheikh Badr", "شيخ بدر"],
  ["C5509", "Machta el Helou", "مشتا الحلو"],
  ["C5379", "Dahr Safra", "ظهر صفرا"],
  ["C5646", "Brummanat Mashayikh"],
  ["C7843", "Ras al-Nabaa", "راس النبع بانياس"],
];

describe("what people type finds the place first:", () => {
  const cases = SPELLINGS.flatMap(([pcode, ...texts]) => texts.map((text) => [text, pcode]));
  test.each(cases as [string, string][])("%s", (text, pcode) => {
    expect(codes(text)[0]).toBe(pcode);
  });
});

describe("far away too, among all places of the country:", () => {
  test.each([
    ["حي الزهراء حمص", "N0253"],
    ["al-Zahraa, Homs", "N0253"],
    ["Masyaf", "C3367"],
    ["Halab", "C1007"],
    ["Palmyra", "C2889"],
    ["كوباني", "C1946"],
    ["Dayr al-Zawr", "C5086"],
    ["القامشلي", "C4564"],
  ])("%s", (text, pcode) => {
    expect(searchPlaces(country, text, 1)[0]?.place.pcode).toBe(pcode);
  });
});

test("a town that its subdistrict is named after comes before villages of equal fit", () => {
  expect(searchPlaces([around], "القر", 1)[0]?.place.ar).toBe("القرداحة");
  expect(searchPlaces([around], "ط", 1)[0]?.place.ar).toBe("طرطوس");
});

test("of places with one name the one comes first whose area was named", () => {
  const inArea = (area: string) => searchPlaces([around], `الزهراء ${area}`, 1)[0]?.place.area.ar;
  expect([inArea("مزيرعة"), inArea("القطيلبية")]).toEqual(["مزيرعة", "القطيلبية"]);
});

test("among equals the places that travel with the app come first", () => {
  const found = searchPlaces(country, "الزهراء", SHOWN).map(({ place }) => place);
  expect(homePack.places).toContain(found[0]);
  expect(found.some((place) => otherPacks.some(({ places }) => places.includes(place)))).toBe(true);
});

test("the other name that fitted is told with the place", () => {
  expect(searchPlaces([around], "جوار البقر", 1)[0]).toMatchObject({
    name: "جوار البقر",
    place: { ar: "رأس العين" },
  });
});

test("no more are given than asked for, and none for what has no letters", () => {
  expect(searchPlaces([around], "ا", 3).length).toBe(3);
  for (const text of ["", " ", "…", "'"]) expect(codes(text)).toEqual([]);
});

test("a whole paragraph is searched as well as a name", () => {
  const text = `بستان الباشا ${"كلام طويل عن كل شيء ".repeat(20)}`;
  expect(codes(text)[0]).toBe("C3575");
});

test("a place is among the first five for either of its names, with its subdistrict", () => {
  for (const place of homePack.places.filter((_, at) => at % EVERY === 0)) {
    for (const lang of ["ar", "en"] as const)
      expect(codes(`${place[lang]}, ${place.area[lang]}`)).toContain(place.pcode);
  }
});
