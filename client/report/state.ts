/** What this window knows. It lives in memory; only what is being written is kept for this tab, sealed (keeping.ts). */
import language from "virtual:language";
import type { LanguagePack } from "../shared/vocabulary.ts";
import type { Draft } from "./form/draft.ts";
import type { PlaceFinder } from "./form/places.ts";
import type { Sealing, SealingView } from "./seal.ts";

export type Screen = "home" | "form" | "review" | "done" | "status";

export type State = {
  readonly screen: Screen;
  readonly language: LanguagePack;
  readonly languageFailed: boolean;
  /** The kind being written; "" before one is chosen. */
  readonly kind: string;
  /** One draft for each kind, so that going back loses nothing. */
  readonly drafts: Readonly<Record<string, Draft>>;
  /** The place question whose list is open; "" for none. */
  readonly typing: string;
  readonly places: PlaceFinder | null;
  /** The part `seal`, once it is loaded, and what it says. */
  readonly sealing: Sealing | null;
  readonly view: SealingView | null;
  readonly busy: boolean;
  readonly sealFailed: boolean;
  /** The envelope sealed last in this window. */
  readonly done: string;
  /** The envelope whose removal waits for a second tap, or `draft`. */
  readonly removing: string;
  /** The envelope of which nothing is left to be saved as a file. */
  readonly fileless: string;
  /** Whether what is being written was taken up from a page that was lost. */
  readonly restored: boolean;
  /** Whether the page opens without a network; null before it was looked at. */
  readonly offline: boolean | null;
};

const EMPTY = {
  screen: "home",
  kind: "",
  drafts: {},
  typing: "",
  busy: false,
  sealFailed: false,
  done: "",
  removing: "",
  fileless: "",
  restored: false,
} as const;

let state: State = {
  ...EMPTY,
  language,
  languageFailed: false,
  places: null,
  sealing: null,
  view: null,
  offline: null,
};
let draw: () => void = () => undefined;

export const read = (): State => state;

/** Changes the state and draws it at once. */
export function change(patch: Partial<State>): void {
  state = { ...state, ...patch };
  draw();
}

/** Who draws, from now on. */
export function drawWith(drawer: () => void): void {
  draw = drawer;
}

/** Drops everything that was written or shown; what is sealed, and the language, stay. */
export const forget = (): void => change(EMPTY);
