/** Where: typed, and picked from the list of places where it is in there. */
import type { Place } from "../../shared/places.ts";
import type { Field, PlaceAnswer } from "../../shared/vocabulary.ts";
import { draft, edit, fieldId } from "../actions.ts";
import { change, read } from "../state.ts";
import { fill, strings } from "../words.ts";
import { describedBy, PRIVATE, Written } from "./common.tsx";
import { answer } from "./draft.ts";
import { nameIn } from "./places.ts";

const MAX_CHARS = 200;

function placeIn({ code }: Field): PlaceAnswer {
  return (draft().answers[code] as PlaceAnswer | undefined) ?? { pcode: null, text: "" };
}

function set({ code }: Field, text: string, pcode: string | null): void {
  edit(answer(draft(), code, text ? { pcode, text } : undefined));
}

export function PlaceField({ field }: { field: Field }) {
  const { code } = field;
  const { text, pcode } = placeIn(field);
  const { typing, places } = read();
  const open = typing === code && text.trim() !== "";
  const type = (typed: string): void => {
    change({ typing: code });
    set(field, typed, null);
  };
  return (
    <Written field={field} hint={places ? strings().placeHint : strings().placeNoList}>
      <input
        {...PRIVATE}
        id={fieldId(code)}
        type="text"
        dir="auto"
        enterkeyhint="done"
        maxLength={MAX_CHARS}
        value={text}
        aria-describedby={describedBy(code)}
        onInput={(event) => type(event.currentTarget.value)}
      />
      {open && places ? <Suggestions field={field} /> : <Kept text={text} pcode={pcode} />}
    </Written>
  );
}

/** What will arrive. */
function Kept({ text, pcode }: { text: string; pcode: string | null }) {
  const { places, language } = read();
  const place = pcode === null ? undefined : places?.byCode(pcode);
  const area = place && nameIn(language.lang, place.area);
  return (
    <p class="hint" role="status">
      {pcode === null ? text && strings().placeFree : `✓ ${area ?? text}`}
    </p>
  );
}

function Suggestions({ field }: { field: Field }) {
  const { places, language } = read();
  const { text } = placeIn(field);
  const found = places?.search(text) ?? [];
  const pick = (place: Place): void => {
    change({ typing: "" });
    set(field, nameIn(language.lang, place), place.pcode);
  };
  return (
    <>
      <p class="unseen" role="status">
        {fill(strings().placeFound, { n: found.length })}
      </p>
      <ul class="places">
        {found.map((place) => (
          <li key={place.pcode}>
            <button type="button" data-place={place.pcode} onClick={() => pick(place)}>
              {nameIn(language.lang, place)} <small>{nameIn(language.lang, place.area)}</small>
            </button>
          </li>
        ))}
        <li>
          <button type="button" data-place="other" onClick={() => change({ typing: "" })}>
            {strings().placeOther}
          </button>
        </li>
      </ul>
    </>
  );
}
