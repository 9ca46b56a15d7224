/** What is being written, between this window's memory and the keeper of drafts, once that part has come. */
import { isBegun, speak } from "./actions.ts";
import type { Drafts } from "./drafts.ts";
import type { Draft, DraftMailbox } from "./form/draft.ts";
import { FIRST_LANGUAGE } from "./packed.ts";
import { change, read, type Screen, type State } from "./state.ts";
import { forgetTabKey, leaveTabKey } from "./tabkey.ts";

type Written = Readonly<Record<string, Draft>>;
/** Drafts as they are kept: where the person was, in which language, and the answers by kind. */
type Kept = {
  readonly kind: string;
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
  const kept: Kept = { kind: now.kind, screen, lang: now.language.lang, drafts };
  if (!isEmpty(drafts)) keeper.keep(JSON.stringify(kept, withoutCode));
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

const NOTED = ["drafts", "kind", "screen", "language"] as const;

const hasChanged = (now: State): boolean => NOTED.some((key) => noted?.[key] !== now[key]);

/** What was written meanwhile in this page comes before what was found. A correction goes on where the code is entered. */
function takeUp(found: Kept): void {
  const { screen, drafts: before } = read();
  const drafts = { ...found.drafts, ...written(before) };
  const isFree = screen === "home" && isEmpty(written(before));
  const last: Screen = drafts[found.kind]?.mailbox ? "answer" : found.screen;
  const place = isFree ? { kind: found.kind, screen: last } : {};
  change({ drafts, restored: true, ...place });
  if (read().language === FIRST_LANGUAGE && found.lang) void speak(found.lang);
}

function written(drafts: Written): Written {
  return Object.fromEntries(Object.entries(drafts).filter(([, draft]) => isBegun(draft)));
}

/** No code and no secret is kept, only that there is something to correct. */
function withoutCode(name: string, value: unknown): unknown {
  if (name !== "mailbox") return value;
  const { corrects } = value as DraftMailbox;
  return corrects ? { code: "", corrects } : undefined;
}

const isEmpty = (record: object): boolean => Object.keys(record).length === 0;
