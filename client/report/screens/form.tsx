/** The questions of one kind of report. */

import type { ComponentType } from "preact";
import type { Field, FieldType } from "../../shared/vocabulary.ts";
import { draft, edit, startOver, toReview } from "../actions.ts";
import { ChoiceField, MultiField } from "../form/choices.tsx";
import { askedFields, isRequired } from "../form/draft.ts";
import { PlaceField } from "../form/place.tsx";
import { TextField } from "../form/text.tsx";
import { WhenField } from "../form/when.tsx";
import { change, read } from "../state.ts";
import { count, labels, strings } from "../words.ts";
import { Frame } from "./frame.tsx";

/** What waits for the second tap, in the place of an envelope's id. */
const DRAFT = "draft";

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
      {read().restored && (
        <p class="notice" data-restored>
          {words.draftBack}
        </p>
      )}
      <p class="notice">{words.limits}</p>
      <form autocomplete="off" noValidate onSubmit={review}>
        <Questions />
        <p class="error" role="alert">
          {problems.length > 0 && count(words.problems, problems.length)}
        </p>
        <button type="submit" class="main" data-act="review">
          {words.toReview}
        </button>
      </form>
      <StartOver />
    </Frame>
  );
}

/** Throwing away what was written takes a second tap. */
function StartOver() {
  const words = strings();
  const isAsked = read().removing === DRAFT;
  return (
    <button
      type="button"
      class={isAsked ? "second" : "quiet"}
      data-act={isAsked ? "start-over-sure" : "start-over"}
      onClick={() => (isAsked ? startOver() : change({ removing: DRAFT }))}
    >
      {isAsked ? words.startOverSure : words.startOver}
    </button>
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
