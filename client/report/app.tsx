/**
 * The reporter app: draws the screens and brings in what comes after the first paint.
 *
 * For whoever drives it from outside: `<main data-screen>` is one of home, form, review, done, status.
 * home: `[data-kind]`. form: `[data-field=CODE]`, in it `[data-option=CODE]` (a label around its input), text inputs and
 * selects, `[data-place=PCODE]` and `[data-place=other]` for suggestions. review: `[data-review=CODE]`.
 * done and status: `[data-fate]` (window, saved, received, refused, broken, gone), `[data-envelope=ID]`,
 * `[data-date-off]`, `[data-restored]`, `[data-trouble]`, `[data-received=COUNT]`, `[data-root-digits]`. Everywhere: `[data-act]` (back, more, review, seal,
 * another, status, send, remove, remove-sure, keep, save-file, start-over, start-over-sure), `[data-language=CODE]`, `[data-offline=true|false]`, `#exit`.
 */
import { render } from "preact";
import { go } from "./actions.ts";
import { watchBack } from "./back.ts";
import { clock, pause } from "./clock.ts";
import { watchExit } from "./exit.ts";
import { placeFinder } from "./form/places.ts";
import { dropDraft, keepDrafts, leaveDraft, noteDraft } from "./keeping.ts";
import type { Offered } from "./keys.ts";
import { insistOnPart, insistOnScript } from "./parts.ts";
import { Done } from "./screens/done.tsx";
import { Form } from "./screens/form.tsx";
import { Home } from "./screens/home.tsx";
import { BACK, Nav } from "./screens/nav.tsx";
import { Review } from "./screens/review.tsx";
import { Status } from "./screens/status.tsx";
import { keepShell } from "./shell.ts";
import { change, drawWith, forget, read, type Screen } from "./state.ts";
import { strings } from "./words.ts";

/** The exports of the part `seal`, once its script has run. */
declare const amanaSeal: typeof import("./seal.ts");

const SCREENS = { home: Home, form: Form, review: Review, done: Done, status: Status };
/** Milliseconds that the parts have for themselves before the service worker fetches as well. */
const HEAD_START = 20_000;
const ROOT_PRINT = /^[\w-]{43}$/;

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
  const { screen, language } = read();
  const { screen: before } = root.dataset;
  const Screen = SCREENS[screen];
  if (document.documentElement.lang !== language.lang) turnTo(language.lang);
  root.dataset.screen = screen;
  render(<Nav />, nav);
  render(<Screen key={screen} />, root);
  noteDraft();
  if (before === screen) return;
  watchBack(backFrom(screen));
  if (before) begin();
}

/** The page is Arabic when it comes; what is outside of the screens follows the language that is on. */
function turnTo(lang: string): void {
  const { dir, exit: leave } = strings();
  Object.assign(document.documentElement, { lang, dir });
  exit.textContent = leave;
}

function backFrom(screen: Screen): (() => void) | null {
  const back = BACK[screen];
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
  leave: (): void => {
    dropDraft();
    wipe();
  },
  hide: (): void => {
    leaveDraft();
    wipe();
  },
  restart: (): void => {
    dropDraft();
    restart();
  },
};

async function bringSeal(): Promise<void> {
  await insistOnScript("seal");
  void keepDrafts(new amanaSeal.Drafts());
  change({ sealing: amanaSeal.start(offeredRoots(), clock, (view) => change({ view })) });
}

async function bringPlaces(): Promise<void> {
  change({ places: placeFinder(await insistOnPart("places")) });
}

async function bringTheRest(): Promise<void> {
  await Promise.race([Promise.all([bringSeal(), bringPlaces()]), pause(HEAD_START)]);
  await keepShell((offline) => change({ offline }));
}

function start(): void {
  if (!isSafe()) {
    document.body.classList.add("refused");
    return;
  }
  root.textContent = "";
  watchExit(exit, ways);
  restart();
  requestAnimationFrame(() => setTimeout(() => void bringTheRest()));
}

start();
