/** Where: what is typed. What it may be is shown below it by the part `places`. */
import type { Field, PlaceAnswer } from "../../shared/vocabulary.ts";
import { draft, edit, fieldId } from "../actions.ts";
import { read, type State } from "../state.ts";
import { strings } from "../words.ts";
import { describedBy, PRIVATE, problemOf, Written } from "./common.tsx";
import { answer } from "./draft.ts";

const MAX_CHARS = 200;

/** The answer as far as it goes. */
export const placeIn = ({ code }: Field): PlaceAnswer =>
  (draft().answers[code] as PlaceAnswer | undefined) ?? { pcode: null, text: "" };

/** Sets the answer, and what of the list of places is open. */
export function setPlace(
  { code }: Field,
  place: PlaceAnswer,
  open: Pick<State, "typing" | "browsing">,
): void {
  edit(answer(draft(), code, place.text ? place : undefined), open);
}

export function PlaceField({ field }: { field: Field }) {
  const { code } = field;
  const { places } = read();
  return (
    <Written field={field} hint={places ? strings().placeHint : strings().placeNoList}>
      <input
        {...PRIVATE}
        id={fieldId(code)}
        type="text"
        dir="auto"
        enterkeyhint="done"
        maxLength={MAX_CHARS}
        value={placeIn(field).text}
        aria-describedby={describedBy(code)}
        aria-invalid={problemOf(code) !== undefined}
        onKeyDown={(event) => places?.enterList(event)}
        onInput={({ currentTarget: { value: text } }) =>
          setPlace(field, { text, pcode: null }, { typing: code, browsing: null })
        }
      />
      {places && <places.Places field={field} />}
    </Written>
  );
}
