/** The questions of one kind of report. */

import type { ComponentType } from "preact";
import type { Field, FieldType } from "../../shared/vocabulary.ts";
import { draft, edit, toReview } from "../actions.ts";
import { ChoiceField, MultiField } from "../form/choices.tsx";
import { askedFields, isRequired } from "../form/draft.ts";
import { PlaceField } from "../form/place.tsx";
import { TextField } from "../form/text.tsx";
import { WhenField } from "../form/when.tsx";
import { read } from "../state.ts";
import { fill, labels, strings } from "../words.ts";
import { Frame } from "./frame.tsx";

const FIELDS: Readonly<Record<FieldType, ComponentType<{ field: Field }>>> = {
  choice: ChoiceField,
  multi: MultiField,
  when: WhenField,
  place: PlaceField,
  text: TextField,
};

export function Form() {
  const { kind } = read();
  const { problems } = draft();
  const words = strings();
  const review = (event: Event): void => {
    event.preventDefault();
    toReview();
  };
  return (
    <Frame title={labels().kinds[kind]?.label ?? ""}>
      <p class="notice">{words.limits}</p>
      <form autocomplete="off" noValidate onSubmit={review}>
        <Questions />
        <p class="error" role="alert">
          {problems.length > 0 && fill(words.problems, { n: problems.length })}
        </p>
        <button type="submit" class="main" data-act="review">
          {words.toReview}
        </button>
      </form>
    </Frame>
  );
}

/** The required questions, and the optional ones once they are asked for. */
function Questions() {
  const now = draft();
  const words = strings();
  const fields = askedFields(read().kind, now);
  return (
    <>
      {fields.filter(isRequired).map(question)}
      <button
        type="button"
        class="second"
        data-act="more"
        aria-expanded={now.more}
        onClick={() => edit({ ...draft(), more: !now.more })}
      >
        {now.more ? words.less : words.more}
      </button>
      {now.more && fields.filter((field) => !isRequired(field)).map(question)}
    </>
  );
}

function question(field: Field) {
  const View = FIELDS[field.type];
  return <View key={field.code} field={field} />;
}
