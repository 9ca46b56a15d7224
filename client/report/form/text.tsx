/** The note: the only free text. */
import type { Field } from "../../shared/vocabulary.ts";
import { draft, edit, fieldId } from "../actions.ts";
import { count, strings } from "../words.ts";
import { describedBy, PRIVATE, problemOf, Written } from "./common.tsx";
import { answer } from "./draft.ts";

const ROWS = 4;

export function TextField({ field }: { field: Field }) {
  const { code, max_chars: max = 0 } = field;
  const text = String(draft().answers[code] ?? "");
  const left = max - [...text.trim()].length;
  return (
    <Written field={field}>
      <textarea
        {...PRIVATE}
        id={fieldId(code)}
        rows={ROWS}
        dir="auto"
        value={text}
        aria-describedby={describedBy(code)}
        aria-invalid={problemOf(code) !== undefined}
        onInput={({ currentTarget: { value } }) => edit(answer(draft(), code, value || undefined))}
      />
      <p class="hint">{count(strings().left, left)}</p>
    </Written>
  );
}
