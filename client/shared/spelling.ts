/**
 * Words as they sound. A word in Arabic or Latin letters becomes a row of sounds, and sounds.ts says how far two sounds
 * are apart. A sound is written with an Arabic letter where it is that letter's, with a Latin one where it may be
 * several letters'.
 */
import { toLatinDigits } from "./digits.ts";

/** Marks, tatweel, hamza on the line, invisible controls, and what stands for ع or ء in Latin letters. */
const DROPPED = /[\p{M}\p{Cf}\u0640\u0621'’‘`´ʼʿʾ]/gu;
const BETWEEN_WORDS = /[^\p{L}\p{N}]+/u;
const LATIN = /[a-z]/i;

/** Latin articles, assimilated ones too (`as` before `sawda`). */
const ARTICLE = /^(?:[aeiu]l|[ae](?:sh|ch|th|dh|[tdrzsn]))$/;

/** What is one sound: groups of Latin letters first. */
const UNITS = /[st]ch|dj|[sckgtdp]h|o[uo]|ee|[ao]w|au|ck|./gu;

/** Letters, and groups of them, whose sound is written otherwise. */
const SOUNDS: Readonly<Record<string, string>> = {
  ...{ ی: "ي", ې: "ي", ک: "ك", ہ: "ه", ە: "ه", ٱ: "ا", پ: "ب", چ: "ش", گ: "g", ڤ: "ف", ژ: "ج" },
  ...{ b: "ب", p: "ب", j: "ج", x: "خ", q: "ق", r: "ر", l: "ل", m: "م", n: "ن", f: "ف", v: "ف" },
  ...{ w: "و", y: "ي", ı: "i", ø: "o", ł: "ل", dj: "ج", sh: "ش", ch: "ش", sch: "ش", tch: "ش" },
  ...{ kh: "خ", gh: "غ", th: "θ", dh: "δ", ph: "ف", ck: "k", ou: "u", oo: "u", ee: "i" },
  ...{ aw: "aو", ow: "aو", au: "aو" },
};

/** Digits that are typed for Arabic letters in words of Latin ones. */
const CHAT = ["", "", "ع", "ع", "", "خ", "ط", "ح", "غ", "ق"];

/**
 * The words of a name or query: lower case, without marks and punctuation, with digits 0 to 9. A Latin article belongs
 * to the word behind it, as an Arabic one does.
 */
export function wordsOf(text: string): string[] {
  const letters = toLatinDigits(text).normalize("NFKD").replace(DROPPED, "").toLowerCase();
  const words = letters.split(BETWEEN_WORDS).filter((word) => word !== "");
  return words.reduceRight<string[]>(
    ([next = "", ...rest], word) =>
      isArticleOf(next, word) ? [word + next, ...rest] : [word, next, ...rest].filter(Boolean),
    [],
  );
}

const isArticleOf = (next: string, word: string): boolean =>
  next !== "" && ARTICLE.test(word) && (word.endsWith("l") || next.startsWith(word.slice(1)));

/** Whether a text is in Latin letters, if only in part. */
export const isLatin = (text: string): boolean => LATIN.test(text);

/** The sounds of a word. A doubled sound is one; a last `a`, `ah`, `eh` is ة. */
export function soundsOf(word: string): string {
  const latin = isLatin(word);
  const open = latin && word.length > 3 ? word.replace(/[ae]h?$/, "ة") : word;
  const sounds = open.replace(
    UNITS,
    (unit) => (latin && soundOfDigit(unit)) || SOUNDS[unit] || unit,
  );
  return sounds.replace(/(.)\1+/gu, "$1");
}

const soundOfDigit = (unit: string): string => CHAT[Number(unit)] ?? "";
