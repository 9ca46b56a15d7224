/** What all questions have in common. */
import type { ComponentChildren } from "preact";
import type { Field, ProblemCode } from "../../shared/vocabulary.ts";
import { draft, fieldId } from "../actions.ts";
import { read } from "../state.ts";
import { labels, strings } from "../words.ts";

/** Attributes of everything that takes text: keyboards and session restore are asked to remember nothing. */
export const PRIVATE = {
  autocomplete: "off",
  // Preact sets this one as the property, which is a boolean in browsers, whatever its types say: "off" would be on.
  autocorrect: false as unknown as "off",
  autocapitalize: "off",
  spellcheck: false,
} as const;

export const hintId = (code: string): string => `hint-${code}`;
export const errorId = (code: string): string => `error-${code}`;
export const labelOf = (code: string): string =>
  labels().kinds[read().kind]?.fields[code]?.label ?? code;

/** Ids of what describes a question: its help and what is wrong with it. */
export const describedBy = (code: string): string => `${hintId(code)} ${errorId(code)}`;

export const problemOf = (code: string): ProblemCode | undefined =>
  draft().problems.find(({ field }) => field === code)?.problem;

/** What is wrong with an answer, in plain words. */
function problemText({ type }: Field, problem: ProblemCode): string {
  const words = strings();
  if (problem === "too_long") return words.problemLong;
  if (problem === "missing") return type === "place" ? words.problemPlace : words.problemMissing;
  return type === "when" ? words.problemDate : words.problemOther;
}

/** Help and trouble, between the question and its answers. */
export function Hints({ field, hint }: { field: Field; hint?: string }) {
  const { code } = field;
  const problem = problemOf(code);
  const help = labels().kinds[read().kind]?.fields[code]?.help;
  const text = [help, hint].filter(Boolean).join(" ");
  return (
    <>
      {text && (
        <p id={hintId(code)} class="hint">
          {text}
        </p>
      )}
      {problem && (
        <p id={errorId(code)} class="error">
          {problemText(field, problem)}
        </p>
      )}
    </>
  );
}

/** A question with several things to tap. */
export function Group(props: { field: Field; hint?: string; children: ComponentChildren }) {
  const { field, hint = "", children } = props;
  const { code, type } = field;
  return (
    <fieldset
      id={fieldId(code)}
      data-field={code}
      tabIndex={-1}
      role={type === "multi" ? "group" : "radiogroup"}
      aria-describedby={describedBy(code)}
    >
      <legend>{labelOf(code)}</legend>
      <Hints field={field} hint={hint} />
      {children}
    </fieldset>
  );
}

/** A question with one line or box to write in. */
export function Written(props: { field: Field; hint?: string; children: ComponentChildren }) {
  const { field, hint = "", children } = props;
  return (
    <div class="field" data-field={field.code}>
      <label for={fieldId(field.code)}>{labelOf(field.code)}</label>
      <Hints field={field} hint={hint} />
      {children}
    </div>
  );
}
