/** Everything once more before it is sealed, and the moment of sealing. */
import type { ComponentChildren } from "preact";
import { isDay } from "../../shared/days.ts";
import type { Answer, Field, FieldType, PlaceAnswer } from "../../shared/vocabulary.ts";
import { draft, editField, seal } from "../actions.ts";
import { labelOf } from "../form/common.tsx";
import { fieldsOf, finalAnswers } from "../form/draft.ts";
import { read } from "../state.ts";
import { fill, labels, type Strings, strings } from "../words.ts";
import { Frame } from "./frame.tsx";

export function Review() {
  const { kind, annex } = read();
  const answers = finalAnswers(kind, draft());
  const words = strings();
  return (
    <Frame title={words.reviewTitle}>
      <dl>
        {fieldsOf(kind).map((field) => {
          const value = answers[field.code];
          return value === undefined ? null : <Row key={field.code} field={field} value={value} />;
        })}
      </dl>
      <p>{words.reviewText}</p>
      {annex && <annex.Wish />}
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
      <dd dir="auto">{WORDS[field.type](field, value)}</dd>
      <dd>
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

type InWords = (field: Field, value: Answer) => ComponentChildren;

const optionInWords = ({ options = "" }: Field, code: unknown): string =>
  labels().options[options]?.[String(code)] ?? String(code);

/** A day in the words of the language that is on. */
export function dayInWords(day: string): string {
  const [year, month, date] = day.split("-").map(Number);
  return `${date} ${strings().months[(month ?? 0) - 1]} ${year}`;
}

/** A number of several parts, as of telephones. */
const NUMBER = /(\+?\p{Nd}[\p{Nd} ./()-]*\p{Nd})/u;

/** What somebody has written; among Arabic words the parts of a number would change places. */
const written = (text: string): ComponentChildren =>
  text.split(NUMBER).map((part, at) => (at % 2 ? <bdo dir="ltr">{part}</bdo> : part));

/** A name in one script does not move the words beside it in another. */
function placeInWords(place: PlaceAnswer): ComponentChildren {
  const area = read().places?.areaInWords(place);
  if (!area) return written(place.text);
  return [<bdi>{place.text}</bdi>, strings().comma, area];
}

/** An answer as a person reads it, by the type of its question. */
const WORDS: Readonly<Record<FieldType, InWords>> = {
  choice: optionInWords,
  multi: (field, codes) =>
    (codes as readonly string[]).map((code) => optionInWords(field, code)).join(strings().comma),
  when: (field, value) => (isDay(value) ? dayInWords(value) : optionInWords(field, value)),
  place: (_field, value) => placeInWords(value as PlaceAnswer),
  text: (_field, text) => written(String(text)),
};

function SealButton() {
  const { busy, sealFailed, view } = read();
  const words = strings();
  const missing = whatIsMissing(words);
  const isWaiting = missing !== "" && view?.need !== "pin";
  return (
    <>
      <p class={isWaiting ? "notice" : "error"} role="status">
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
