/** What a person does. */
import languages from "virtual:languages";
import type { LanguagePack } from "../shared/vocabulary.ts";
import { clock } from "./clock.ts";
import { download } from "./download.ts";
import { checked, type Draft, type DraftMailbox, EMPTY_DRAFT, finalAnswers } from "./form/draft.ts";
import { unpackLanguage } from "./packed.ts";
import { fetchLanguage, fetchLatinNames } from "./parts.ts";
import { change, read, type Screen, type State } from "./state.ts";

/** No list of places is open, and nothing is said of a language that did not come. */
const CLOSED = { typing: "", browsing: null, languageFailed: false } as const;

export const go = (screen: Screen): void => change({ ...CLOSED, screen, removing: "" });

/** To the settings, from anywhere. */
export const toSettings = (): void =>
  change({ ...CLOSED, screen: "settings", before: read().screen, removing: "" });

export const chooseKind = (kind: string): void => change({ ...CLOSED, kind, screen: "form" });

/** Whether anything was answered. */
export const isBegun = ({ answers, dates }: Draft): boolean =>
  Object.keys({ ...answers, ...dates }).length > 0;

/** The draft being written. */
export function draft(): Draft {
  const { drafts, kind } = read();
  return drafts[kind] ?? EMPTY_DRAFT;
}

/**
 * Changes the draft being written, and with it whatever else changes at the same moment: fields are drawn from the
 * draft, and a field that were drawn with yesterday's text in between would lose the keyboard's composition.
 */
export function edit(next: Draft, also: Partial<State> = {}): void {
  const { drafts, kind } = read();
  change({ ...also, drafts: { ...drafts, [kind]: next } });
}

/** Throws away what was written of this kind. */
export function startOver(): void {
  const { [read().kind]: _, ...drafts } = read().drafts;
  change({ drafts, removing: "", restored: false, screen: "home" });
}

/** Goes to the review when every answer fits; otherwise to the first that does not. */
export function toReview(): void {
  const next = checked(read().kind, draft());
  edit(next);
  const [first] = next.problems;
  if (first) focusField(first.field);
  else go("review");
}

/** Back to the form, at one question. */
export function editField(code: string): void {
  edit({ ...draft(), more: true });
  go("form");
  focusField(code);
}

/** The element of a question that takes the focus. */
export const fieldId = (code: string): string => `field-${code}`;

function focusField(code: string): void {
  document.getElementById(fieldId(code))?.focus();
}

/**
 * Seals the report that was reviewed. A second tap finds the first at work, or no draft any more: one report is sealed
 * once. The draft is dropped only when the sealed report is kept, and not when more was written in it meanwhile. A
 * correction that was kept first needs its code.
 */
export async function seal(): Promise<void> {
  const { sealing, view, busy, kind, drafts, language } = read();
  const written = drafts[kind];
  if (busy || !sealing || !view || view.need || !written) return;
  const { mailbox } = written;
  if (mailbox?.code === "") return go("answer");
  change({ busy: true, sealFailed: false });
  try {
    const answers = finalAnswers(kind, written);
    const made = clock.today();
    const report = { v: 1, kind, lang: language.lang, app: buildId(), answers, made } as const;
    const done = await sealing.seal({ ...report, ...(mailbox && (await asMembers(mailbox))) });
    const { [kind]: now, ...others } = read().drafts;
    const more = now &&
      now.answers !== written.answers && { [kind]: { ...now, mailbox: undefined } };
    const code = mailbox && { code: mailbox.code, codeFor: mailbox.corrects ? "" : done };
    const empty = { busy: false, drafts: { ...others, ...more }, restored: false } as const;
    change({ ...empty, ...code, done, screen: "done" });
  } catch {
    change({ busy: false, sealFailed: true });
  }
}

/** What a mailbox adds to a report. */
async function asMembers({ secret, corrects }: DraftMailbox) {
  const mailbox = await secret;
  return corrects ? ({ mailbox, follows: "correct" } as const) : { mailbox };
}

export const buildId = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="amana-build"]')?.content ?? "";

const packs = new Map<string, LanguagePack>([[read().language.lang, read().language]]);

/** The language that was asked for last. */
let wanted = "";

/** Turns to another language; what was written stays. One that comes after another was asked for is only kept. */
export async function speak(code: string): Promise<void> {
  wanted = code;
  change({ languageFailed: false });
  try {
    const pack = packs.get(code) ?? unpackLanguage(code, await fetchLanguage(code));
    packs.set(code, pack);
    if (wanted === code) change({ language: pack });
    // Whoever reads Latin letters needs them where there is no network as well.
    if (languages[code]?.places === "en") await fetchLatinNames().catch(() => undefined);
  } catch {
    change({ languageFailed: wanted === code });
  }
}

/** Gives one sealed record to its owner as a file. */
export async function saveEnvelope(id: string): Promise<void> {
  const file = await read().sealing?.file(id);
  if (file) download(file);
  else change({ fileless: id });
}

/** Empties what this phone cannot read any more. */
export async function mendStorage(): Promise<void> {
  change({ removing: "" });
  await read().sealing?.mend();
}

export async function removeEnvelope(id: string): Promise<void> {
  change({ removing: "", unremoved: "" });
  try {
    await read().sealing?.remove(id);
  } catch {
    change({ unremoved: id });
  }
}
