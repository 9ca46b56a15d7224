/** Answers of a report in words. What the vocabulary does not know is shown as it came. */
import { isDay } from "../shared/days.ts";
import type { Field } from "../shared/vocabulary.ts";
import { dayWords } from "./days.ts";
import { Foreign, Raw } from "./parts/foreign.tsx";
import { type Lang, useLang } from "./text.ts";
import { reportWord } from "./vocabulary.ts";

/** The words for one code of an option set; undefined when there are none. */
const known = (set: string | undefined, code: unknown, lang: Lang): string | undefined =>
  typeof code === "string" && set !== undefined ? reportWord(set, code, lang) : undefined;

/** One value: its words, a day in words, or the value itself. */
export function OneWord({
  set,
  value,
}: {
  readonly set: string | undefined;
  readonly value: unknown;
}) {
  const lang = useLang();
  const word = known(set, value, lang);
  if (word !== undefined) return <span data-option={String(value)}>{word}</span>;
  if (isDay(value)) return <time dateTime={value}>{dayWords(value, lang)}</time>;
  return <Raw code={typeof value === "string" ? value : JSON.stringify(value)} />;
}

/** A coded answer: one value, or a list of them. */
export function Coded({ field, value }: { readonly field: Field | null; readonly value: unknown }) {
  const set = field?.options;
  if (!Array.isArray(value)) return <OneWord set={set} value={value} />;
  return (
    <ul class="codes">
      {value.map((each, at) => (
        <li key={at}>
          <OneWord set={set} value={each} />
        </li>
      ))}
    </ul>
  );
}

/** A text answer, or whatever stands in its place. */
export const Written = ({ value }: { readonly value: unknown }) => (
  <Foreign text={typeof value === "string" ? value : JSON.stringify(value)} />
);
