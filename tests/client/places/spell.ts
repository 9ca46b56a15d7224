/**
 * Names of places as people spell them: letters taken for others, articles missing, vowels guessed, hands in haste, words
 * around the name. What comes out depends on nothing but the chance that is handed in.
 */
import type { Place } from "../../../client/shared/places.ts";

/** A number from 0 to 1, another one each time. */
export type Chance = () => number;

/** The same chances for the same seed (mulberry32). */
export function chances(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    const more = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((more ^ (more >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const pick = <T>(chance: Chance, list: readonly T[]): T =>
  list[Math.floor(chance() * list.length)] as T;

/** Letters, and what is written for them. */
type Rule = readonly [letters: RegExp, others: readonly string[]];

const ARABIC: readonly Rule[] = [
  [/[أإآ]/g, ["ا"]],
  [/ا/g, ["ا", "ا", "ا", "أ"]],
  [/ة/g, ["ه", "ة", "ا"]],
  [/ى/g, ["ي", "ا"]],
  [/ي$/g, ["ى"]],
  [/ض/g, ["ظ", "د"]],
  [/ظ/g, ["ض", "ز"]],
  [/ث/g, ["ت", "س"]],
  [/ذ/g, ["د", "ز"]],
  [/ط/g, ["ت"]],
  [/ص/g, ["س"]],
  [/ق/g, ["ك", "ء"]],
  [/ئ/g, ["ي", "ء"]],
  [/ؤ/g, ["و"]],
  [/ء/g, [""]],
  [/(?<=.)و(?=.)/g, [""]],
  [/(?<=..)ا(?=.)/g, [""]],
  [/(?<=.)ي(?=.)/g, [""]],
];

const LATIN: readonly Rule[] = [
  [/ee|ei|ey|ie/g, ["i", "ee", "ei", "ai", "ay", "y"]],
  [/ou|oo|u/g, ["ou", "oo", "u", "o", "ou"]],
  [/o/g, ["o", "u", "ou"]],
  [/aa/g, ["a"]],
  [/a(?=[^aeiouy])/g, ["a", "a", "e"]],
  [/e(?=[^aeiouy])/g, ["e", "a", "i"]],
  [/i/g, ["i", "e", "y", "ee"]],
  [/(?:eh|ah|a|e)$/g, ["a", "ah", "eh", "e", "eh"]],
  [/q/g, ["q", "k", "g"]],
  [/kh/g, ["kh", "h", "5", "x"]],
  [/gh/g, ["gh", "g", "8"]],
  [/sh/g, ["sh", "ch"]],
  [/th/g, ["th", "t", "s"]],
  [/dh/g, ["dh", "d", "z"]],
  [/j/g, ["j", "g", "dj"]],
  [/'/g, ["", "'", "3", "a"]],
  [/z/g, ["z", "dh", "z"]],
  [/y/g, ["y", "i"]],
  [/w/g, ["w", "ou"]],
];

/** How Arabic letters are carried over by somebody who never saw the name in Latin ones. */
const CARRIED: Readonly<Record<string, readonly string[]>> = {
  ...{ ا: ["a", "aa"], أ: ["a"], إ: ["i", "e"], آ: ["a"], ى: ["a"], ة: ["a", "eh", "ah"] },
  ...{ ب: ["b"], ت: ["t"], ث: ["th", "s"], ج: ["j", "g"], ح: ["h", "7"], خ: ["kh", "5"] },
  ...{ د: ["d"], ذ: ["dh", "z"], ر: ["r"], ز: ["z"], س: ["s"], ش: ["sh", "ch"], ص: ["s"] },
  ...{ ض: ["d"], ط: ["t", "6"], ظ: ["z"], ع: ["", "3", "a", "'"], غ: ["gh", "8"], ف: ["f"] },
  ...{ ق: ["q", "k"], ك: ["k"], ل: ["l"], م: ["m"], ن: ["n"], ه: ["h"], ي: ["i", "y", "ee"] },
  ...{ و: ["ou", "u", "w", "o"], ئ: ["i"], ؤ: ["o"], ء: ["'", ""] },
};

const ARABIC_KEYS = [..."ابتجحدرسشعفقكلمنهوي"];
const LATIN_KEYS = [..."abdefghijklmnorstuy"];

const BEFORE_ARABIC = ["قرية", "ضيعة", "بلدة", "مدينة", "حي", "ناحية", "قرب", "جنب", "عند", "طريق"];
const BEFORE_LATIN = ["near", "village of", "town of", "in", "qaryat"];
const BEHIND_LATIN = ["village", "city", "town"];
const TO_AREA_ARABIC = [" ", "، ", " - ", " ريف ", " قرب "];
const TO_AREA_LATIN = [", ", " ", " near ", " - "];

const respell = (chance: Chance, word: string, rules: readonly Rule[], rate: number): string =>
  rules.reduce(
    (now, [letters, others]) =>
      now.replace(letters, (found) => (chance() < rate ? pick(chance, others) : found)),
    word,
  );

/** One wrong key: a letter too few, too many, another one, or two in the wrong order. Never the first. */
function slip(chance: Chance, text: string, keys: readonly string[]): string {
  const at = 1 + Math.floor(chance() * (text.length - 1));
  const [before, behind] = [text.slice(0, at), text.slice(at)];
  const [one = "", other = ""] = behind;
  return pick(chance, [
    before + behind.slice(1),
    before + pick(chance, keys) + behind,
    before + pick(chance, keys) + behind.slice(1),
    before + other + one + behind.slice(2),
  ]);
}

const maybe = (chance: Chance, rate: number, change: (text: string) => string, text: string) =>
  chance() < rate ? change(text) : text;

const withOtherArticle = (word: string): string =>
  word.startsWith("ال") ? word.slice(2) : `ال${word}`;

function inArabic(chance: Chance, name: string): string {
  const words = name.split(" ").map((word) => {
    const respelt = respell(chance, word, ARABIC, 0.25);
    return respelt.length > 3 ? maybe(chance, 0.12, withOtherArticle, respelt) : respelt;
  });
  const changes: [rate: number, change: (text: string) => string][] = [
    [0.4, (text) => text.replace(/^حي /, "")],
    [0.06, (text) => text.replace(" ", "")],
    [0.06, (text) => text.split(" ").reverse().join(" ")],
    [0.3, (text) => (text.length > 3 ? slip(chance, text, ARABIC_KEYS) : text)],
    [0.05, (text) => (text.length > 5 ? slip(chance, text, ARABIC_KEYS) : text)],
    [0.05, (text) => text.replace(/^(..)/, "$1ـــ")],
  ];
  return changes.reduce(
    (text, [rate, change]) => maybe(chance, rate, change, text),
    words.join(" "),
  );
}

function inLatin(chance: Chance, name: string): string {
  const words = name.toLowerCase().split(/[\s\\_-]+/);
  const text = words
    .map((word) =>
      maybe(
        chance,
        0.6,
        (all) => all.replace(/^el(?=.{4})/, pick(chance, ["al-", "el-", "al ", "el ", "al"])),
        word,
      ),
    )
    .map((word) => respell(chance, word, LATIN, 0.3))
    .map((word) => maybe(chance, 0.3, (all) => all.replace(/([bdfjklmnrstz])\1/g, "$1"), word))
    .join(" ");
  const changes: [rate: number, change: (text: string) => string][] = [
    [0.5, (all) => all.replace(/^al /, pick(chance, ["", "el ", "al-"]))],
    [0.06, (all) => all.replace(" ", "")],
    [0.25, (all) => (all.length > 4 ? slip(chance, all, LATIN_KEYS) : all)],
    [0.3, (all) => all.replace(/\b[a-z]/g, (letter) => letter.toUpperCase())],
  ];
  return changes.reduce((now, [rate, change]) => maybe(chance, rate, change, now), text);
}

function carriedOver(chance: Chance, name: string): string {
  const word = (arabic: string): string => {
    const article = arabic.startsWith("ال") ? pick(chance, ["al-", "el ", "al ", "", ""]) : "";
    return [...arabic.replace(/^ال(?=..)/, "")].reduce((before, letter) => {
      const next = pick(chance, CARRIED[letter] ?? [letter]);
      const clash = /[^aeiou -]$/.test(before) && /^[^aeiou]/.test(next);
      return before + (clash && chance() < 0.6 ? pick(chance, ["a", "a", "e", "i"]) : "") + next;
    }, article);
  };
  return name.split(" ").map(word).join(" ");
}

const areaNames = ({ area }: Place, lang: "ar" | "en"): string[] =>
  [area, area.within ?? area].map((named) => named[lang].replace(/^مركز /, ""));

/** A spelling of a place's name; with the name of its area where it needs one to be told from others. */
export function spell(chance: Chance, place: Place, needsArea: boolean): string {
  const text = chance() < 0.5 ? spellArabic(chance, place) : spellLatin(chance, place);
  return needsArea || chance() < 0.15 ? text.name + text.area : text.name;
}

/** A name with what people put around it, and how they go on to its area. */
type Spelt = { readonly name: string; readonly area: string };

function spellArabic(chance: Chance, place: Place): Spelt {
  const name = inArabic(chance, place.ar);
  const area = respell(chance, pick(chance, areaNames(place, "ar")), ARABIC, 0.06);
  return {
    name: maybe(chance, 0.12, (text) => `${pick(chance, BEFORE_ARABIC)} ${text}`, name),
    area: pick(chance, TO_AREA_ARABIC) + area,
  };
}

function spellLatin(chance: Chance, place: Place): Spelt {
  const name = chance() < 0.66 ? inLatin(chance, place.en) : carriedOver(chance, place.ar);
  const framed = maybe(chance, 0.12, (text) => `${pick(chance, BEFORE_LATIN)} ${text}`, name);
  const area = respell(chance, pick(chance, areaNames(place, "en")), LATIN, 0.06);
  return {
    name: maybe(chance, 0.1, (text) => `${text} ${pick(chance, BEHIND_LATIN)}`, framed),
    area: pick(chance, TO_AREA_LATIN) + area,
  };
}
