/** The places of a pack, ready to be searched: their names as words, and where each word occurs. */
import { isFiller } from "./fillers.ts";
import { type Costs, Lexicon } from "./lexicon.ts";
import { type Area, circles, namesOf, type Place, type PlacePack } from "./places.ts";
import type { Typed } from "./query.ts";
import { isLatin, soundsOf, wordsOf } from "./spelling.ts";

/** What a word of a name costs that was not typed: a filler, or any other and a share of its weight. */
const LEFT_FILLER = 12;
const LEFT = 18;
const LEFT_SHARE = 0.15;

/** Words by their number. */
type Words = readonly number[];

/** A name of a place. */
export type Name = {
  readonly place: Place;
  readonly text: string;
  readonly isLatin: boolean;
  readonly words: Words;
  /** All words as one; nothing for a single word. */
  readonly whole: Words;
  /** By word: whether it is no filler, unless all are. */
  readonly core: readonly boolean[];
};

export type PlaceIndex = {
  readonly names: readonly Name[];
  /** The governorate (3), district (2) or subdistrict (1) that a place has the name of: how much of a town it is. */
  readonly rank: ReadonlyMap<Place, number>;
  /** The names of an area and of those around it, and of the towns that they have their names from. */
  readonly areaWords: ReadonlyMap<Area, Words>;
  /** By word: what it costs when it was not typed. */
  readonly left: readonly number[];
  /** The words like a typed one. */
  readonly near: (typed: Typed) => Costs;
  /** The names that a word occurs in. */
  readonly namesWith: (word: number) => readonly Name[];
};

/** A text as it sounds: word by word, all of it as one word, and without fillers. */
type Heard = { readonly words: readonly string[]; readonly whole: string; readonly core: string };

/** Hears every text once, and knows all the words. */
class Ear {
  readonly #heard = new Map<string, Heard>();
  readonly fillers = new Set<string>();

  readonly hear = (text: string): Heard => {
    const known = this.#heard.get(text);
    if (known) return known;
    const words = wordsOf(text);
    const sounds = words.map(soundsOf);
    const core = sounds.filter((_, at) => !isFiller(words[at] ?? ""));
    for (const sound of sounds) if (!core.includes(sound)) this.fillers.add(sound);
    const whole = words.length > 1 ? soundsOf(words.join("")) : "";
    const heard = { words: sounds, whole, core: core.join(" ") };
    this.#heard.set(text, heard);
    return heard;
  };

  lexicon(): Lexicon {
    const heard = [...this.#heard.values()];
    return new Lexicon(heard.flatMap(({ words, whole }) => (whole ? [...words, whole] : words)));
  }
}

export function indexPlaces({ areas, places }: PlacePack): PlaceIndex {
  const ear = new Ear();
  const texts = [
    ...places.flatMap(namesOf),
    ...areas.flatMap(circles).flatMap(({ ar, en }) => [ar, en]),
  ];
  texts.forEach(ear.hear);
  const lexicon = ear.lexicon();
  const numbers = (words: readonly string[]): Words => words.map((word) => lexicon.numberOf(word));
  const names = places.flatMap((place) =>
    namesOf(place).map((text) => nameOf(place, text, ear, numbers)),
  );
  const seats = seatsOf(places, ear);
  return {
    names,
    rank: new Map(seats.map(({ place, level }) => [place, level])),
    areaWords: new Map(areas.map((area) => [area, areaWordsOf(area, seats, ear, numbers)])),
    left: lexicon.words.map((word, at) =>
      ear.fillers.has(word) ? LEFT_FILLER : LEFT + LEFT_SHARE * (lexicon.weights[at] ?? 0),
    ),
    near: (typed) => nearest(lexicon, typed),
    namesWith: occurrences(names, lexicon.words.length),
  };
}

type Numbers = (words: readonly string[]) => Words;

function nameOf(place: Place, text: string, ear: Ear, numbers: Numbers): Name {
  const { words, whole } = ear.hear(text);
  const isCore = words.map((word) => !ear.fillers.has(word));
  return {
    place,
    text,
    isLatin: isLatin(text),
    words: numbers(words),
    whole: numbers(whole ? [whole] : []),
    core: isCore.includes(true) ? isCore : words.map(() => true),
  };
}

/** A place that an area is named after. */
type Seat = { readonly place: Place; readonly area: Area; readonly level: number };

function seatsOf(places: readonly Place[], ear: Ear): Seat[] {
  const sameName = (place: Place, area: Area): boolean =>
    [place.ar, place.en]
      .map((text) => ear.hear(text).words.join(" "))
      .some((name) => [area.ar, area.en].some((text) => ear.hear(text).core === name));
  return places.flatMap((place) =>
    circles(place.area).flatMap((area, at) =>
      sameName(place, area) ? [{ place, area, level: at + 1 }] : [],
    ),
  );
}

function areaWordsOf(area: Area, seats: readonly Seat[], ear: Ear, numbers: Numbers): Words {
  const around = circles(area);
  const own = around.flatMap(({ ar, en }) => [ar, en]);
  const towns = seats.filter((seat) => around.includes(seat.area));
  const texts = [...own, ...towns.flatMap(({ place }) => namesOf(place))];
  const words = texts.flatMap((text) => ear.hear(text).core.split(" "));
  return numbers([...new Set(words)]).filter((word) => word >= 0);
}

function nearest(lexicon: Lexicon, { meanings, limit, unfinished }: Typed): Costs {
  const found = new Map<number, number>();
  for (const [sounds, price] of meanings) {
    for (const [word, cost] of lexicon.near(sounds, limit - price, unfinished)) {
      found.set(word, Math.min(cost + price, found.get(word) ?? Number.POSITIVE_INFINITY));
    }
  }
  return found;
}

function occurrences(names: readonly Name[], words: number): (word: number) => readonly Name[] {
  const found = Array.from({ length: words }, (): Name[] => []);
  for (const name of names) {
    for (const word of new Set([...name.words, ...name.whole])) found[word]?.push(name);
  }
  return (word) => found[word] ?? [];
}
