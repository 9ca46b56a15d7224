/**
 * Words that are like a typed one. The likeness is a weighted edit distance over sounds. Words stand in alphabetical
 * order, so that the distance is computed once for all that begin alike, and given up at the first sound too far.
 */
import { COUNT, hasArticle, instead, missing, numbersOf } from "./sounds.ts";

const SWAPPED = 60;
const ARTICLE = 8;

/** What is not typed yet costs a share of what it would if it were left out, up to a limit. */
const REST_SHARE = 0.06;
const REST_MOST = 30;

/** Longer words are cut. */
const LONGEST = 39;
const WIDTH = LONGEST + 1;
const NEVER = WIDTH;

/** Numbers of words in a lexicon, and what each costs. */
export type Costs = ReadonlyMap<number, number>;

/** What a word would cost if all of it were missing. */
export const weightOf = (sounds: string): number =>
  numbersOf(sounds).reduce((sum, sound) => sum + (missing[sound] as number), 0);

export class Lexicon {
  readonly words: readonly string[];
  readonly weights: readonly number[];
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #sounds: readonly Uint8Array[];
  /** How many sounds a word has in common with the one before it. */
  readonly #shared: readonly number[];

  /** A lexicon of words as they sound. */
  constructor(words: Iterable<string>) {
    this.words = [...new Set(words)].sort();
    this.weights = this.words.map(weightOf);
    this.#numbers = new Map(this.words.map((word, at) => [word, at]));
    this.#sounds = this.words.map(cut);
    this.#shared = this.#sounds.map((word, at) => inCommon(word, this.#sounds[at - 1] ?? []));
  }

  /** The number of a word that is in here. */
  numberOf(word: string): number {
    return this.#numbers.get(word) ?? -1;
  }

  /** The words within `limit` of a typed one. One that only begins so costs `unfinished`, and a little for its rest. */
  near(typed: string, limit: number, unfinished: number): Costs {
    const sheet = new Sheet(typed, limit);
    const found = new Map<number, number>();
    for (let at = 0; at < this.words.length; at += 1) {
      sheet.turn(this.#sounds[at] as Uint8Array, this.#shared[at] as number);
      const begun = sheet.begun(this.weights[at] as number) + unfinished;
      const cost = Math.min(sheet.whole(), begun);
      if (cost <= limit) found.set(at, cost);
    }
    return found;
  }
}

const cut = (sounds: string): Uint8Array => numbersOf(sounds).subarray(0, LONGEST);

function inCommon(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}

/** The table of an edit distance: a row for every sound of the word, a column for every sound that was typed. */
class Sheet {
  readonly #typed: Uint8Array;
  readonly #limit: number;
  readonly #cells = new Int32Array(WIDTH * WIDTH);
  /** By row: what the word costs up to here if it is missing, and the row in which all that was typed costs least. */
  readonly #weights = new Int32Array(WIDTH);
  readonly #least = new Uint8Array(WIDTH);
  /** How far the last word was read, and where it went too far. */
  #depth = 0;
  #dead = NEVER;

  constructor(typed: string, limit: number) {
    this.#typed = cut(typed);
    this.#limit = limit;
    this.#typed.forEach((_, at) => {
      this.#cells[at + 1] = without(this.#typed, at + 1, this.#cells[at] as number);
    });
  }

  /** Goes on to a word that has `shared` sounds in common with the one before. */
  turn(word: Uint8Array, shared: number): void {
    if (shared >= this.#dead) return;
    this.#dead = NEVER;
    this.#depth = shared;
    while (this.#depth < word.length && this.#dead === NEVER) {
      this.#depth += 1;
      if (this.#fillRow(word, this.#depth) > this.#limit) this.#dead = this.#depth;
    }
  }

  whole(): number {
    return this.#dead === NEVER ? this.#end(this.#depth) : Number.POSITIVE_INFINITY;
  }

  /** What was typed as the beginning of a word of this weight. */
  begun(weight: number): number {
    const row = this.#least[this.#depth] as number;
    const rest = (weight - (this.#weights[row] as number)) * REST_SHARE;
    return row > 0 ? this.#end(row) + Math.min(REST_MOST, rest) : Number.POSITIVE_INFINITY;
  }

  #end(row: number): number {
    return this.#cells[row * WIDTH + this.#typed.length] as number;
  }

  /** Fills a row; gives the least that any way through it costs. */
  #fillRow(word: Uint8Array, row: number): number {
    const sound = word[row - 1] as number;
    const gap = missing[sound] as number;
    const [cells, start] = [this.#cells, row * WIDTH];
    let left = without(word, row, cells[start - WIDTH] as number);
    let least = left;
    cells[start] = left;
    for (let column = 1; column <= this.#typed.length; column += 1) {
      const typed = this.#typed[column - 1] as number;
      const above = start - WIDTH + column;
      left = Math.min(
        (cells[above - 1] as number) + (instead[sound * COUNT + typed] as number),
        (cells[above] as number) + gap,
        left + (missing[typed] as number),
        this.#swapped(word, row, column),
      );
      cells[start + column] = left;
      least = Math.min(least, left);
    }
    this.#note(row, gap);
    return least;
  }

  /** Two neighbours that changed places. */
  #swapped(word: Uint8Array, row: number, column: number): number {
    const [typed, cells] = [this.#typed, this.#cells];
    if (row < 2 || column < 2) return Number.POSITIVE_INFINITY;
    if (typed[column - 1] !== word[row - 2] || typed[column - 2] !== word[row - 1])
      return Number.POSITIVE_INFINITY;
    return (cells[(row - 2) * WIDTH + column - 2] as number) + SWAPPED;
  }

  /** Notes of a finished row what `begun` asks for. */
  #note(row: number, gap: number): void {
    this.#weights[row] = (this.#weights[row - 1] as number) + gap;
    const before = this.#least[row - 1] as number;
    this.#least[row] = this.#end(row) <= this.#end(before) ? row : before;
  }
}

/** What the first `count` sounds of a word cost if they are missing, `before` being the price of all but the last. */
const without = (word: Uint8Array, count: number, before: number): number =>
  count === 2 && hasArticle(word)
    ? ARTICLE
    : before + (missing[word[count - 1] as number] as number);
