/** What of the queue is shown: chosen by what reports say, in this window; the server is not asked and learns nothing. */

import { soundsOf, wordsOf } from "../shared/spelling.ts";
import type { DeskEvent } from "./answers.ts";
import { type Atlas, adm2Of, areaName } from "./areas.ts";
import { daysBetween } from "./days.ts";
import { mainPlace } from "./placed.ts";
import type { ReadableRow } from "./queue.ts";
import { type Happening, toldBy, toldOf } from "./seeing/happening.ts";
import { LANGUAGES } from "./text.ts";
import { marksOf } from "./urgency.ts";
import type { OpenedReport } from "./vault/messages.ts";
import { kindName, reportFields, reportWord } from "./vocabulary.ts";

/** Days back that can be chosen. */
export const SPANS = [1, 3, 7, 30] as const;

/**
 * An empty text leaves a question open. `area` is the code of a district or subdistrict, `days` one of SPANS, `on` the day
 * on which it happened, `words` what is looked for.
 */
export interface Sieve {
  readonly kind: string;
  readonly area: string;
  readonly mark: string;
  readonly days: string;
  readonly on: string;
  readonly words: string;
}

export const OPEN: Sieve = { kind: "", area: "", mark: "", days: "", on: "", words: "" };

/** Area of those that name none that is known, and the day of those of which nobody knows it. */
export const NOWHERE = "?";

export const isOpen = (sieve: Sieve): boolean =>
  Object.values(sieve).every((value) => value === "");

/** Every text in a value, however deep. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** The words for a report's codes, in every language of the desk: whoever types "burned" means the code as well. */
const coded = ({ kind, answers }: OpenedReport): string[] =>
  LANGUAGES.flatMap((lang) => [
    kindName(kind, lang),
    ...reportFields(kind).flatMap(({ code, options }) =>
      options ? textsIn(answers[code]).map((each) => reportWord(options, each, lang) ?? "") : [],
    ),
  ]);

/** The names of where it was. */
function placed(report: OpenedReport, atlas: Atlas): string[] {
  const { place, adm3 } = mainPlace(report, atlas) ?? {};
  const areas = adm3 ? [adm3, adm2Of(adm3)] : [];
  return LANGUAGES.flatMap((lang) => [
    place?.[lang] ?? "",
    ...areas.map((code) => areaName(code, lang)),
  ]);
}

/** A word with the Arabic article, also behind a preposition, and without it. */
const bare = (word: string): string => word.replace(/^[وفبك]?ال(?=..)|^لل(?=..)/u, "");

/** Words as they sound, so that spellings do not matter, each with a space before it. */
const heard = (text: string, meant = (word: string) => [word]): string[] =>
  wordsOf(text)
    .flatMap(meant)
    .map((word) => ` ${soundsOf(word)}`);

const cache = new WeakMap<OpenedReport, string>();

/** All that can be found in a report. Hearing it takes a while, so it is done once. */
function soundsIn(report: OpenedReport, atlas: Atlas): string {
  const known = cache.get(report);
  if (known !== undefined) return known;
  const texts = [...textsIn(report.answers), ...coded(report), ...placed(report, atlas)];
  const sounds = texts.flatMap((text) => heard(text, (word) => [word, bare(word)])).join("");
  cache.set(report, sounds);
  return sounds;
}

const areaOf = ({ adm3 }: Happening): string => (adm3 ? adm2Of(adm3) : NOWHERE);

/** Whether it was in an area; codes nest, a district's begins those of its subdistricts. */
export const isIn = (area: string, { adm3 }: Happening): boolean =>
  (adm3 ?? NOWHERE).startsWith(area);

/** Whether it was on a day; an empty text is any. */
export const isOn = (day: string, happening: Happening): boolean =>
  day === "" || (happening.day ?? NOWHERE) === day;

/** The districts of events, each once. */
export const areasOf = (events: readonly DeskEvent[]): string[] =>
  [...new Set(events.map(({ adm3 }) => adm2Of(adm3)))].sort();

/** Whether the kind, the area and the day of what is told of are among those that are looked for. */
const isAbout = ({ kind, area, on }: Sieve, happening: Happening): boolean =>
  (kind === "" || happening.kind === kind) && isIn(area, happening) && isOn(on, happening);

/** The districts that reports name, each once, and NOWHERE where one names none. */
export const areasIn = (rows: readonly ReadableRow[], atlas: Atlas): string[] =>
  [...new Set(rows.map((row) => areaOf(toldBy(row, atlas))))].sort();

/** Whether a report passes; the words of the sieve as they are heard. Days count from the day of arrival. */
function passes(
  row: ReadableRow,
  sieve: Sieve,
  words: readonly string[],
  atlas: Atlas,
  today: string,
) {
  const { report } = row.opened;
  return (
    isAbout(sieve, toldBy(row, atlas)) &&
    (sieve.mark === "" || marksOf(report).some((mark) => mark === sieve.mark)) &&
    (sieve.days === "" || daysBetween(row.envelope.day, today) < Number(sieve.days)) &&
    words.every((word) => soundsIn(report, atlas).includes(word))
  );
}

/** The rows that pass, in their order. Each word that is looked for must begin a word of the report. */
export function sift(
  rows: readonly ReadableRow[],
  sieve: Sieve,
  atlas: Atlas,
  today: string,
): readonly ReadableRow[] {
  if (isOpen(sieve)) return rows;
  const words = heard(sieve.words, (word) => [bare(word)]);
  return rows.filter((row) => passes(row, sieve, words, atlas, today));
}

/** Whether a sieve asks what only reports can say: words, urgency, the day of arrival. */
export const isOfReports = ({ words, mark, days }: Sieve): boolean =>
  words !== "" || mark !== "" || days !== "";

/** The events that pass, in their order; none where the sieve asks what only reports can say. */
export function siftEvents(events: readonly DeskEvent[], sieve: Sieve): readonly DeskEvent[] {
  if (isOpen(sieve)) return events;
  if (isOfReports(sieve)) return [];
  return events.filter((event) => isAbout(sieve, toldOf(event)));
}
