/** Where: typed, and picked from the list of places where it is in there. */
import type { Place } from "../../shared/places.ts";
import type { Field, PlaceAnswer } from "../../shared/vocabulary.ts";
import { draft, edit, fieldId } from "../actions.ts";
import { read } from "../state.ts";
import { fill, strings } from "../words.ts";
import { describedBy, PRIVATE, problemOf, Written } from "./common.tsx";
import { answer } from "./draft.ts";
import { nameIn } from "./places.ts";

const MAX_CHARS = 200;

function placeIn({ code }: Field): PlaceAnswer {
  return (draft().answers[code] as PlaceAnswer | undefined) ?? { pcode: null, text: "" };
}

/** Sets the answer; the list of places opens while somebody types and closes when something is taken. */
function set({ code }: Field, { text, pcode }: PlaceAnswer, open: boolean): void {
  const next = answer(draft(), code, text ? { pcode, text } : undefined);
  edit(next, { typing: open ? code : "" });
  if (!open) document.getElementById(keptId(code))?.focus();
}

const keptId = (code: string): string => `kept-${code}`;

export function PlaceField({ field }: { field: Field }) {
  const { code } = field;
  const { text, pcode } = placeIn(field);
  const { typing, places } = read();
  const open = typing === code && text.trim() !== "";
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
        aria-invalid={problemOf(code) !== undefined}
        onInput={({ currentTarget: { value } }) => set(field, { text: value, pcode: null }, true)}
      />
      {open && places ? (
        <Suggestions field={field} />
      ) : (
        <Kept code={code} text={text} pcode={pcode} />
      )}
    </Written>
  );
}

/** What will arrive. */
function Kept({ code, text, pcode }: PlaceAnswer & { code: string }) {
  const { places, language } = read();
  const place = pcode === null ? undefined : places?.byCode(pcode);
  const area = place && nameIn(language.lang, place.area);
  return (
    <p id={keptId(code)} class="hint" role="status" tabIndex={-1}>
      {pcode === null ? text && strings().placeFree : `✓ ${area ?? text}`}
    </p>
  );
}

function Suggestions({ field }: { field: Field }) {
  const { places, language } = read();
  const typed = placeIn(field);
  const found = places?.search(typed.text) ?? [];
  const pick = (place: Place): void =>
    set(field, { text: nameIn(language.lang, place), pcode: place.pcode }, false);
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
          <button type="button" data-place="other" onClick={() => set(field, typed, false)}>
            {strings().placeOther}
          </button>
        </li>
      </ul>
    </>
  );
}
