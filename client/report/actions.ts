/** What a person does. */
import type { LanguagePack } from "../shared/vocabulary.ts";
import { clock } from "./clock.ts";
import { download } from "./download.ts";
import { checked, type Draft, EMPTY_DRAFT, finalAnswers } from "./form/draft.ts";
import { fetchLanguage } from "./parts.ts";
import { change, read, type Screen, type State } from "./state.ts";

export const go = (screen: Screen): void => change({ screen, typing: "", removing: "" });

export const chooseKind = (kind: string): void => change({ kind, screen: "form", typing: "" });

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
 * once. The draft is dropped only when the sealed report is kept.
 */
export async function seal(): Promise<void> {
  const { sealing, view, busy, kind, drafts, language } = read();
  if (busy || !sealing || !view || view.need || !drafts[kind]) return;
  change({ busy: true, sealFailed: false });
  try {
    const answers = finalAnswers(kind, draft());
    const made = clock.today();
    const report = { v: 1, kind, lang: language.lang, app: buildId(), answers, made } as const;
    const done = await sealing.seal(report);
    const { [kind]: _, ...others } = read().drafts;
    change({ busy: false, drafts: others, restored: false, done, screen: "done" });
  } catch {
    change({ busy: false, sealFailed: true });
  }
}

export const buildId = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="amana-build"]')?.content ?? "";

const packs = new Map<string, LanguagePack>([[read().language.lang, read().language]]);

/** Turns to another language; what was written stays. */
export async function speak(code: string): Promise<void> {
  change({ languageFailed: false });
  try {
    const pack = packs.get(code) ?? (JSON.parse(await fetchLanguage(code)) as LanguagePack);
    packs.set(code, pack);
    change({ language: pack });
  } catch {
    change({ languageFailed: true });
  }
}

/** Gives one sealed record to its owner as a file. */
export async function saveEnvelope(id: string): Promise<void> {
  const file = await read().sealing?.file(id);
  if (file) download(file);
  else change({ fileless: id });
}

export async function removeEnvelope(id: string): Promise<void> {
  change({ removing: "" });
  await read().sealing?.remove(id);
}
