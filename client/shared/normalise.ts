/** Names of places, made comparable: as people type them, in Arabic or Latin letters. */
import { toLatinDigits } from "./digits.ts";

/** Letters that are typed for one another. Decomposition has already taken hamza, madda and all marks off. */
const LETTERS: Readonly<Record<string, string>> = {
  ة: "ه",
  ى: "ي",
  ی: "ي",
  ې: "ي",
  ک: "ك",
  ہ: "ه",
  ە: "ه",
  ٱ: "ا",
  ı: "i",
  ø: "o",
  ł: "l",
};
const SWAPPED = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");

/** Marks, tatweel, hamza on the line, invisible controls, and what stands for ع or ء in Latin letters. */
const DROPPED = /[\p{M}\p{Cf}\u0640\u0621'’‘`´ʼʿʾ]/gu;
const BETWEEN_WORDS = /[^\p{L}\p{N}]+/u;
const ARABIC_ARTICLE = /^ال(?=.)/;
const LATIN_ARTICLES = new Set(["al", "el"]);

/**
 * The words of a name or query in one spelling: without marks, articles, punctuation; lower case; digits 0 to 9.
 * Alef in all forms, ة and ه, ى and ي are the same letter.
 */
export function normalise(text: string): string[] {
  const letters = toLatinDigits(text)
    .normalize("NFKD")
    .replace(DROPPED, "")
    .toLowerCase()
    .replace(SWAPPED, (letter) => LETTERS[letter] ?? letter);
  const words = letters.split(BETWEEN_WORDS).filter((word) => word !== "");
  const named = words.filter((word) => !LATIN_ARTICLES.has(word));
  return (named.length > 0 ? named : words).map((word) => word.replace(ARABIC_ARTICLE, ""));
}

/**
 * A normalised word as it is misspelt most: without an article written into it (Elbasha), without doubled letters
 * (Lattakia, Latakia), without the vowel at its end (الباشا and الباشه; Jableh and Jabla). Short words stay.
 */
export const loosen = (word: string): string =>
  word.length > 3
    ? word
        .replace(/^[ae]l(?=\w{4})/, "")
        .replace(/(.)\1+/g, "$1")
        .replace(/(?:[اهي]|[ae]h?)$/, "")
    : word;
