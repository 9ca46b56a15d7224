/**
 * The reporter app: draws the screens and brings in what comes after the first paint.
 *
 * For whoever drives it from outside: `<main data-screen>` is one of home, form, review, done, status, answer, handover,
 * carry, real, settings.
 * home: `[data-kind]`. form: `[data-field=CODE]`, in it `[data-option=CODE]` (a label around its input), text inputs and
 * selects, `[data-place=PCODE]` and `[data-place=other]` for suggestions, `[data-area=CODE]` in the list by area. review: `[data-review=CODE]`, `[data-wish]`,
 * `[data-corrects]`. done: `[data-code]`, `[data-keep]`. answer: `[data-code-field]`, `[data-slip=true|false]`, `[data-state]` (none,
 * trouble, received, opened, closed), `[data-words]`, `[data-reply]`, `[data-correct=KIND]`.
 * done and status: `[data-fate]` (window, saved, received, broken, lost, gone), `[data-refused]`, `[data-envelope=ID]`,
 * `[data-date-off]`, `[data-restored]`, `[data-trouble]`, `[data-received=COUNT]`. real: `[data-root-digits]`, `[data-build]`, `[data-offer]`. Everywhere: `[data-act]` (back, more, review, seal,
 * another, status, send, remove, remove-sure, keep, save-file, start-over, start-over-sure, settings, erase), `[data-language=CODE]`, `[data-offline=true|false]`, `#exit`.
 */

import languages from "virtual:languages";
import lent from "virtual:lent";
import { type ComponentType, render } from "preact";
import { go } from "./actions.ts";
import { watchBack } from "./back.ts";
import { clock, pause } from "./clock.ts";
import { dropDraft, keepDrafts, leaveDraft, noteDraft } from "./keeping.ts";
import type { Offered } from "./keys.ts";
import { isLeft, watchLeaving } from "./leaving.ts";
import { insistOnScript } from "./parts.ts";
import { Done } from "./screens/done.tsx";
import { Form } from "./screens/form.tsx";
import { Home } from "./screens/home.tsx";
import { backOf, Nav } from "./screens/nav.tsx";
import { Review } from "./screens/review.tsx";
import { Soon } from "./screens/soon.tsx";
import { Status } from "./screens/status.tsx";
import { keepShell } from "./shell.ts";
import { type Annex, change, drawWith, forget, read, type Screen, type State } from "./state.ts";
import { strings } from "./words.ts";

/** The exports of the part `seal`, once its script has run. */
declare const amanaSeal: typeof import("./seal.ts");

/** The exports of the part `places`, once its script has run, and what it borrows. */
declare const amanaPlaces: NonNullable<State["places"]>;

/** The exports of the annex, which comes with it, and what that borrows. */
declare const amanaAnnex: Annex;
Object.assign(globalThis, { amanaApp: lent });

const SCREENS = { home: Home, form: Form, review: Review, done: Done, status: Status };
/** Milliseconds that the parts have for themselves before the service worker fetches as well. */
const HEAD_START = 20_000;
const ROOT_PRINT = /^[\w-]{43}$/;

let browsed: State["browsing"] = null;
let shown: ComponentType | null = null;

const root = document.querySelector("main") as HTMLElement;
const nav = document.querySelector("nav") as HTMLElement;
const exit = document.querySelector("#exit") as HTMLAnchorElement;

/** Sealing needs a secure context and WebCrypto; browsers that render elsewhere would see everything. */
const isSafe = (): boolean =>
  isSecureContext && crypto.subtle !== undefined && !/Opera Mini/.test(navigator.userAgent);

/** The root prints that this window was offered: by the link (see link.ts) and by the served page. */
function offeredRoots(): Offered {
  const page = document.querySelector<HTMLMetaElement>('meta[name="amana-root"]')?.content ?? "";
  const link = document.documentElement.dataset.root ?? null;
  return { link, page: ROOT_PRINT.test(page) ? page : null };
}

function draw(): void {
  const { screen, language, browsing } = read();
  const { screen: before } = root.dataset;
  const Screen = viewOf(screen);
  if (document.documentElement.lang !== language.lang) turnTo(language.lang);
  root.dataset.screen = screen;
  render(<Nav />, nav);
  render(<Screen key={screen} />, root);
  noteDraft();
  if (before !== screen || browsing !== browsed) watchBack(backFrom(screen));
  browsed = browsing;
  if (before && (before !== screen || shown !== Screen)) begin();
  shown = Screen;
}

/** A screen, or what stands in its place until its part has come. */
function viewOf(screen: Screen): ComponentType {
  return screen in SCREENS
    ? SCREENS[screen as keyof typeof SCREENS]
    : (read().annex?.screens[screen as keyof Annex["screens"]] ?? Soon);
}

/** The page is Arabic when it comes; what is outside of the screens follows the language that is on. */
function turnTo(lang: string): void {
  Object.assign(document.documentElement, { lang, dir: languages[lang]?.dir });
  exit.textContent = strings().exit;
}

/** Back leads out of the list of places first, step by step. */
function backFrom(screen: Screen): (() => void) | null {
  const { browsing, places } = read();
  if (browsing !== null && places) return places.goUp;
  const back = backOf(screen);
  return back ? () => go(back) : null;
}

/** A new screen starts at its top, for the eye and for a screen reader. */
function begin(): void {
  scrollTo(0, 0);
  root.querySelector("h1")?.focus({ preventScroll: true });
}

function wipe(): void {
  drawWith(() => undefined);
  forget();
  render(null, root);
  render(null, nav);
  delete root.dataset.screen;
}

function restart(): void {
  drawWith(draw);
  forget();
}

const ways = {
  leave: (): Promise<void> => {
    wipe();
    return dropDraft();
  },
  hide: (): void => {
    leaveDraft();
    wipe();
  },
  restart: (): void => {
    void dropDraft();
    restart();
  },
};

async function bringSeal(): Promise<void> {
  await insistOnScript("seal");
  change({ annex: amanaAnnex });
  void keepDrafts(new amanaSeal.Drafts());
  amanaSeal.watchForUpdates(clock);
  change({ sealing: amanaSeal.start(offeredRoots(), clock, (view) => change({ view })) });
}

async function bringPlaces(): Promise<void> {
  await insistOnScript("places");
  change({ places: amanaPlaces });
}

async function bringTheRest(): Promise<void> {
  await Promise.race([Promise.all([bringSeal(), bringPlaces()]), pause(HEAD_START)]);
  await keepShell((offline) => change({ offline }));
}

function start(): void {
  if (isLeft()) return;
  if (!isSafe()) {
    document.body.classList.add("refused");
    return;
  }
  root.textContent = "";
  watchLeaving(ways);
  restart();
  requestAnimationFrame(() => setTimeout(() => void bringTheRest()));
}

start();
