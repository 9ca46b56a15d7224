/** Everything once more before it is sealed, and the moment of sealing. */
import type { Answer, Field } from "../../shared/vocabulary.ts";
import { draft, editField, seal } from "../actions.ts";
import { labelOf } from "../form/common.tsx";
import { fieldsOf, finalAnswers } from "../form/draft.ts";
import { read } from "../state.ts";
import { fill, labels, type Strings, strings } from "../words.ts";
import { Frame } from "./frame.tsx";

export function Review() {
  const { kind } = read();
  const answers = finalAnswers(kind, draft());
  const words = strings();
  return (
    <Frame title={words.reviewTitle} back="form">
      <dl>
        {fieldsOf(kind).map((field) => {
          const value = answers[field.code];
          return value === undefined ? null : <Row key={field.code} field={field} value={value} />;
        })}
      </dl>
      <p>{words.reviewText}</p>
      <SealButton />
    </Frame>
  );
}

function Row({ field, value }: { field: Field; value: Answer }) {
  const words = strings();
  const label = labelOf(field.code);
  return (
    <div data-review={field.code}>
      <dt>{label}</dt>
      <dd>
        <span dir="auto">{inWords(field, value)}</span>
        <button
          type="button"
          class="quiet"
          aria-label={fill(words.editField, { field: label })}
          onClick={() => editField(field.code)}
        >
          {words.edit}
        </button>
      </dd>
    </div>
  );
}

/** An answer as a person reads it. */
function inWords(field: Field, value: Answer): string {
  const options = labels().options[field.options ?? ""] ?? {};
  const { comma, months } = strings();
  if (typeof value === "string") return options[value] ?? dayInWords(field, value, months);
  if ("text" in value) return value.text;
  return value.map((code) => options[code] ?? code).join(comma);
}

function dayInWords({ type }: Field, value: string, months: readonly string[]): string {
  if (type !== "when") return value;
  const [year, month, day] = value.split("-").map(Number);
  return `${day} ${months[(month ?? 0) - 1]} ${year}`;
}

function SealButton() {
  const { busy, sealFailed } = read();
  const words = strings();
  const missing = whatIsMissing(words);
  return (
    <>
      <p class={missing ? "notice" : "error"} role="status">
        {missing || (sealFailed && words.sealFailed)}
      </p>
      <button
        type="button"
        class="main"
        data-act="seal"
        disabled={busy || missing !== ""}
        onClick={() => void seal()}
      >
        {busy ? words.sealing : words.seal}
      </button>
    </>
  );
}

/** Why nothing can be sealed yet; empty when it can. */
function whatIsMissing(words: Strings): string {
  const { view } = read();
  if (!view) return words.needPart;
  if (view.need === "pin") return words.needPin;
  return view.need === "keys" ? words.needKeys : "";
}
