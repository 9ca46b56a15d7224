/** What is being written, between this window's memory and the keeper of drafts, once that part has come. */
import { speak } from "./actions.ts";
import type { Drafts } from "./drafts.ts";
import type { Draft } from "./form/draft.ts";
import { FIRST_LANGUAGE } from "./packed.ts";
import { change, read, type Screen, type State } from "./state.ts";
import { forgetTabKey, leaveTabKey } from "./tabkey.ts";

type Written = Readonly<Record<string, Draft>>;
/**
 * A draft as it is kept: where the person was, in which language, and the answers by kind. `corrects`: it was to take the
 * place of a report that was sent. The code of that one is not kept, it has to be entered again.
 */
type Kept = {
  readonly kind: string;
  readonly corrects: boolean;
  readonly screen: "form" | "review";
  readonly lang: string;
  readonly drafts: Written;
};

let keeper: Drafts | null = null;
/** Nothing is kept before it is known what was kept before. */
let isOpen = false;
/** The state when it was last noted. */
let noted: State | null = null;

/** Takes up what this tab had written before its page was lost, and keeps what is written from now on. */
export async function keepDrafts(drafts: Drafts): Promise<void> {
  keeper = drafts;
  const found = await drafts.open();
  isOpen = true;
  if (found !== null) takeUp(JSON.parse(found) as Kept);
  noteDraft();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") drafts.now();
  });
}

/** Keeps what is written now, if it is not what was noted last. */
export function noteDraft(): void {
  const now = read();
  if (!keeper || !isOpen || !hasChanged(now)) return;
  const before = written(noted?.drafts ?? {});
  noted = now;
  const drafts = written(now.drafts);
  const screen = now.screen === "review" ? "review" : "form";
  const corrects = now.mailbox?.corrects === true;
  const kept: Kept = { kind: now.kind, corrects, screen, lang: now.language.lang, drafts };
  if (!isEmpty(drafts)) keeper.keep(JSON.stringify(kept));
  else if (!isEmpty(before)) void keeper.drop();
}

/** What was written can be read no more from now on; resolves when nothing of it is left on this phone. */
export async function dropDraft(): Promise<void> {
  forgetTabKey();
  await keeper?.drop();
}

/** The page goes: what was written stays for this tab, in case the page is loaded again. */
export function leaveDraft(): void {
  keeper?.now();
  leaveTabKey();
}

const NOTED = ["drafts", "kind", "screen", "language", "mailbox"] as const;

const hasChanged = (now: State): boolean => NOTED.some((key) => noted?.[key] !== now[key]);

/** What was written meanwhile in this page comes before what was found. A correction goes on where the code is entered. */
function takeUp(found: Kept): void {
  const { screen, drafts: before } = read();
  const drafts = { ...found.drafts, ...written(before) };
  const isFree = screen === "home" && isEmpty(written(before));
  const last: Screen = found.corrects ? "answer" : found.screen;
  const place = isFree ? { kind: found.kind, screen: last } : {};
  change({ drafts, restored: true, ...place });
  if (read().language === FIRST_LANGUAGE && found.lang) void speak(found.lang);
}

function written(drafts: Written): Written {
  const begun = Object.entries(drafts).filter(
    ([, { answers, dates }]) => !isEmpty(answers) || !isEmpty(dates),
  );
  return Object.fromEntries(begun);
}

const isEmpty = (record: object): boolean => Object.keys(record).length === 0;
