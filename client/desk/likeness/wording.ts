/** What two texts have in common, whatever the spelling, the dialect and the language. */
import { isFiller } from "../../shared/fillers.ts";
import { soundsOf, wordsOf } from "../../shared/spelling.ts";
import { categoriesOf, conceptsOf, isEmpty, numberOf, stemOf } from "./concepts.ts";

/** Consonants that are written for one another, in either alphabet; vowels and what is often dropped are left out. */
const CLASSES: Readonly<Record<string, string>> = {
  ...{ ت: "t", ط: "t", θ: "t", ث: "t", د: "d", ض: "d", δ: "d", ذ: "d", ظ: "d", ز: "z" },
  ...{ س: "s", ص: "s", ش: "s", ك: "k", ق: "k", ck: "k", c: "k", غ: "g", خ: "h", ح: "h", ه: "h" },
  ...{ ب: "b", ج: "j", ر: "r", ف: "f", ل: "l", م: "m", ن: "n" },
};
const LATIN_CONSONANT = /[tsdzhkgbjrflmn]/;
/** Shorter ones are too many words' at once. */
const SHORTEST = 3;

/** A word without its article, also behind a preposition. A Latin article is a word of its own no more (wordsOf). */
const bare = (word: string): string =>
  word.replace(/^[وفبكلع]?ال(?=..)|^لل(?=..)|^[aeiu]l(?=[^aeiou]..)/u, "");

/** The consonants of a word as classes, the same in both alphabets. */
export const skeletonOf = (word: string): string =>
  [...soundsOf(bare(word))]
    .map((sound) => CLASSES[sound] ?? (LATIN_CONSONANT.test(sound) ? sound : ""))
    .join("");

/** The words of a place's name as it was written, without what stands beside names. */
export const nameWords = (text: string): ReadonlySet<string> =>
  new Set(
    wordsOf(text)
      .filter((word) => !isFiller(word))
      .map(skeletonOf)
      .filter(({ length }) => length >= SHORTEST),
  );

/**
 * What a text speaks of: concepts, numbers (`=12`) and other words: the long ones by their consonants (`~`), which names
 * keep in another language, the short ones by their stems (`'`).
 */
export function topicsOf(text: string): ReadonlySet<string> {
  return new Set(wordsOf(text).flatMap(topicsOfWord));
}

function topicsOfWord(word: string): readonly string[] {
  const number = numberOf(word);
  if (number !== undefined) return [`=${number}`];
  const concepts = conceptsOf(bare(word));
  if (concepts.length > 0) return concepts;
  if (isEmpty(word) || isEmpty(bare(word))) return [];
  const skeleton = skeletonOf(word);
  if (skeleton.length > SHORTEST) return [`~${skeleton}`];
  const stem = stemOf(bare(word));
  return stem.length >= SHORTEST ? [`'${stem}`] : [];
}

/** The codes of what happened, or of kinds of shelter, that a text names. */
export const namedIn = (text: string): ReadonlySet<string> =>
  new Set(wordsOf(text).map(bare).flatMap(categoriesOf));

/** What each kind of topic is worth before its rarity: a number was counted, another word may be any word. */
const WORTH: Readonly<Record<string, number>> = { "=": 1, "~": 0.5, "'": 0.5 };
const CONCEPT = 0.9;

const worthOf = (topic: string): number => WORTH[topic.charAt(0)] ?? CONCEPT;

/** In how many texts each topic occurs. */
export class Frequencies {
  readonly #times = new Map<string, number>();
  #texts = 0;

  /** Counts one more text. */
  add(topics: ReadonlySet<string>): void {
    this.#texts += 1;
    for (const topic of topics) this.#times.set(topic, (this.#times.get(topic) ?? 0) + 1);
  }

  /** From 0 for what everybody speaks of to 1 for what only these two do. */
  rarity(topic: string): number {
    const most = Math.max(this.#texts, ENOUGH);
    const times = Math.max(this.#times.get(topic) ?? 2, 2);
    return Math.max(0, Math.log(most / times) / Math.log(most / 2));
  }

  /** How much two texts have in common. */
  common(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
    let sum = 0;
    for (const topic of one) if (other.has(topic)) sum += worthOf(topic) * this.rarity(topic);
    return sum;
  }
}

/** Among fewer texts than this nothing is common yet. */
const ENOUGH = 30;
