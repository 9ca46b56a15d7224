/** What somebody typed for a place, word by word. */
import { isFiller } from "./fillers.ts";
import { weightOf } from "./lexicon.ts";
import { isLatin, soundsOf, wordsOf } from "./spelling.ts";

/** Names are short; whatever is behind so many words is not read. */
const WORDS_MOST = 8;

/** How far a typed word may be from a name's: a share of its weight, within limits. Two that ran into one less far. */
const NEAR_LEAST = 30;
const NEAR_SHARE = 0.38;
const NEAR_MOST = 200;
const PAIR_MOST = 90;

/** What it costs if a name's word only begins as typed: the last one typed may still grow. */
const UNFINISHED = 27;
const UNFINISHED_BEFORE = 30;

/** What an Arabic preposition costs that is taken off: where it is certain, and where it may be the name's own letter. */
const PREPOSITION = 12;
const MAYBE_PREPOSITION = 22;

/** What a typed word costs that is none of the name's. */
const FILLER = 12;
const STRANGE_LEAST = 36;
const STRANGE_SHARE = 0.35;
const STRANGE_MOST = 250;

export type Typed = {
  /** What the word may mean, as it sounds, and what that costs. */
  readonly meanings: readonly (readonly [sounds: string, cost: number])[];
  /** How much a name's word may cost, and what it costs at least if it only begins so. */
  readonly limit: number;
  readonly unfinished: number;
  /** What the word costs if it is none of the name's. */
  readonly spare: number;
};

/** The words, and every two neighbours as one word. */
export type Query = {
  readonly isLatin: boolean;
  readonly words: readonly Typed[];
  readonly pairs: readonly Typed[];
};

export function parseQuery(text: string): Query {
  const words = wordsOf(text).slice(0, WORDS_MOST);
  const last = words.length - 1;
  const isAllFillers = words.every(isFiller);
  return {
    isLatin: isLatin(text),
    words: words.map((word, at) => ({
      ...typed(word, at === last),
      ...(!isAllFillers && isFiller(word) ? { spare: FILLER } : {}),
    })),
    pairs: words.slice(1).map((word, at) => {
      const pair = typed(words[at] + word, at + 1 === last);
      return { ...pair, limit: Math.min(pair.limit, PAIR_MOST), spare: Number.POSITIVE_INFINITY };
    }),
  };
}

function typed(word: string, isLast: boolean): Typed {
  const weight = weightOf(soundsOf(word));
  return {
    meanings: meaningsOf(word).map(([meant, cost]) => [soundsOf(meant), cost]),
    limit: Math.min(NEAR_MOST, NEAR_LEAST + NEAR_SHARE * weight),
    unfinished: isLast ? UNFINISHED : UNFINISHED_BEFORE,
    spare: Math.min(STRANGE_MOST, STRANGE_LEAST + STRANGE_SHARE * weight),
  };
}

/** A word, and what is left of it without the Arabic preposition that it may begin with. */
function meaningsOf(word: string): [meant: string, cost: number][] {
  const bare = word.slice(1);
  if (/^(?:[وبلفعكه]ال..|لل...)/.test(word))
    return [
      [word, 0],
      [bare, PREPOSITION],
    ];
  if (/^[وبلف]...[ء-ي]*$/.test(word))
    return [
      [word, 0],
      [bare, MAYBE_PREPOSITION],
    ];
  return [[word, 0]];
}
