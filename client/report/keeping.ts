/** What is being written, between this window's memory and the keeper of drafts, once that part has come. */
import type { Drafts } from "./drafts.ts";
import type { Draft } from "./form/draft.ts";
import { change, read, type State } from "./state.ts";
import { forgetTabKey, leaveTabKey } from "./tabkey.ts";

type Written = Readonly<Record<string, Draft>>;
/** A draft as it is kept: where the person was, and the answers by kind. */
type Kept = { readonly kind: string; readonly screen: "form" | "review"; readonly drafts: Written };

let keeper: Drafts | null = null;
/** The state when it was last noted. */
let noted: State | null = null;

/** Takes up what this tab had written before its page was lost, and keeps what is written from now on. */
export async function keepDrafts(drafts: Drafts): Promise<void> {
  const found = await drafts.open();
  keeper = drafts;
  if (found !== null) takeUp(JSON.parse(found) as Kept);
  noteDraft();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") drafts.now();
  });
}

/** Keeps what is written now, if it is not what was noted last. */
export function noteDraft(): void {
  const now = read();
  if (!keeper || !hasChanged(now)) return;
  const before = written(noted?.drafts ?? {});
  noted = now;
  const drafts = written(now.drafts);
  const screen = now.screen === "review" ? "review" : "form";
  if (!isEmpty(drafts)) keeper.keep(JSON.stringify({ kind: now.kind, screen, drafts }));
  else if (!isEmpty(before)) keeper.drop();
}

/** Nothing of what was written is left on this phone. */
export function dropDraft(): void {
  forgetTabKey();
  keeper?.drop();
}

/** The page goes: what was written stays for this tab, in case the page is loaded again. */
export function leaveDraft(): void {
  keeper?.now();
  leaveTabKey();
}

function hasChanged({ drafts, kind, screen }: State): boolean {
  return noted?.drafts !== drafts || noted.kind !== kind || noted.screen !== screen;
}

/** What was written meanwhile in this page comes before what was found. */
function takeUp(found: Kept): void {
  const { screen, drafts: before } = read();
  const drafts = { ...found.drafts, ...written(before) };
  const isFree = screen === "home" && isEmpty(written(before));
  const place = isFree ? { kind: found.kind, screen: found.screen } : {};
  change({ drafts, restored: true, ...place });
}

function written(drafts: Written): Written {
  const begun = Object.entries(drafts).filter(
    ([, { answers, dates }]) => !isEmpty(answers) || !isEmpty(dates),
  );
  return Object.fromEntries(begun);
}

const isEmpty = (record: object): boolean => Object.keys(record).length === 0;
