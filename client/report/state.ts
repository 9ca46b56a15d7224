/** What this window knows. It lives in memory; only what is being written is kept for this tab, sealed (keeping.ts). */
import type { LanguagePack } from "../shared/vocabulary.ts";
import type * as annex from "./annex/annex.tsx";
import type { Draft } from "./form/draft.ts";
import { FIRST_LANGUAGE } from "./packed.ts";
import type * as places from "./places/places.tsx";
import type { Sealing, SealingView } from "./seal.ts";

/** Screens of the annex, which comes with the part `seal`. */
export type AnnexScreen = keyof Annex["screens"];
export type Screen = "home" | "form" | "review" | "done" | "status" | AnnexScreen;

export type Annex = typeof annex;

export type State = {
  readonly screen: Screen;
  /** The screen that the settings lead back to. */
  readonly before: Screen;
  readonly language: LanguagePack;
  readonly languageFailed: boolean;
  /** The kind being written; "" before one is chosen. */
  readonly kind: string;
  /** One draft for each kind, so that going back loses nothing. */
  readonly drafts: Readonly<Record<string, Draft>>;
  /** The place question whose list is open; "" for none. */
  readonly typing: string;
  /** The area whose list is open there, by its code, "" for all; null while somebody types. */
  readonly browsing: string | null;
  /** The part `places`, once it is loaded. */
  readonly places: typeof places | null;
  /** The part `seal`, once it is loaded, and what it says. */
  readonly sealing: Sealing | null;
  readonly view: SealingView | null;
  /** The annex, once the part `seal` has run. */
  readonly annex: Annex | null;
  readonly busy: boolean;
  readonly sealFailed: boolean;
  /** The envelope sealed last in this window. */
  readonly done: string;
  /** The code that this window used last, or empty. */
  readonly code: string;
  /** What was written to the desk and not sent, by the code that it belongs to. */
  readonly replies: Readonly<Record<string, string>>;
  /** The envelope whose code is shown to be written down, or empty. */
  readonly codeFor: string;
  /** What waits for a second tap: a follow-up, the envelope to be removed, `draft` or `organisation`. */
  readonly removing: string;
  /** Whether the organisation of the link could not be taken. */
  readonly changeFailed: boolean;
  /** The envelope of which nothing is left to be saved as a file. */
  readonly fileless: string;
  /** The envelope that could not be removed just now. */
  readonly unremoved: string;
  /** Whether what is being written was taken up from a page that was lost. */
  readonly restored: boolean;
  /** Whether the page opens without a network; null before it was looked at. */
  readonly offline: boolean | null;
};

const EMPTY = {
  screen: "home",
  before: "home",
  kind: "",
  drafts: {},
  typing: "",
  browsing: null,
  busy: false,
  sealFailed: false,
  done: "",
  code: "",
  replies: {},
  codeFor: "",
  removing: "",
  changeFailed: false,
  fileless: "",
  unremoved: "",
  restored: false,
} as const;

let state: State = {
  ...EMPTY,
  language: FIRST_LANGUAGE,
  languageFailed: false,
  places: null,
  sealing: null,
  view: null,
  annex: null,
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
