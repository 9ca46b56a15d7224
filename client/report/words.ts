/** The interface's words in the language that is on. */
import type ar from "../../server/amana/data/languages/ar.json";
import type { ReportLabels } from "../shared/vocabulary.ts";
import { named } from "./packed.ts";
import { read } from "./state.ts";

type Interface = (typeof ar)["interface"];
/** The parts whose screens have words of their own. */
type Part = "annex" | "carry" | "places" | "answer" | "real";

/** The words of the first screens. */
export type Strings = Omit<Interface, Part>;

export const strings = (): Strings => read().language.strings as Strings;

export const labels = (): ReportLabels => read().language.labels;

/** One sentence in each of a language's plural categories (Unicode CLDR); `other` is in every language. */
export type Forms = { readonly [category in Intl.LDMLPluralRule]?: string } & {
  readonly other: string;
};

/**
 * A sentence that counts, with the count at its `{n}`. A browser that does not know the language's rules (few know the
 * Kurdish ones) uses the English rules, and never those of the language that the phone is set to.
 */
export function count(forms: Forms, n: number): string {
  const rules = new Intl.PluralRules([read().language.lang, "en"]);
  return fill(forms[rules.select(n)] ?? forms.other, { n });
}

/** A sentence with its `{name}`s filled in. */
export const fill = (sentence: string, values: Readonly<Record<string, string | number>>): string =>
  sentence.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));

/** The words of a part's screens. The part itself brings them in the first language, `first`; others are packed. */
export function partStrings<P extends Part>(part: P, first: object): Interface[P] {
  const words = read().language.strings[part] as readonly unknown[] | undefined;
  return (words ? named(Object.keys(first), words) : first) as Interface[P];
}
