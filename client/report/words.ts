/** The interface's words in the language that is on. */
import type ar from "../languages/ar.json";
import type { ReportLabels } from "../shared/vocabulary.ts";
import { read } from "./state.ts";

export type Strings = typeof ar;

export const strings = (): Strings => read().language.strings as Strings;

export const labels = (): ReportLabels => read().language.labels;

/** A sentence with its `{name}`s filled in. */
export const fill = (sentence: string, values: Readonly<Record<string, string | number>>): string =>
  sentence.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
