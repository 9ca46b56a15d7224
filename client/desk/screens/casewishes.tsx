/** What else goes into a case, why what is held back does, and what will be in it before it is made. */
import { useId } from "preact/hooks";
import { isTicked } from "../case/choice.ts";
import { type TextKey, useText } from "../text.ts";
import type { Chosen, Wanted } from "../useCase.ts";

/** Longer ones are refused by the field. */
const MOST_CHARS = 1000;

export interface WishProps {
  readonly wanted: Wanted;
  readonly onWanted: (wanted: Wanted) => void;
}

/** Asked for when a report is ticked that is held back. */
export function Reason({ chosen, wanted, onWanted }: WishProps & { readonly chosen: Chosen }) {
  const t = useText();
  const id = useId();
  const { candidates, ticks } = chosen;
  if (!candidates.some((each) => each.heldBack !== null && isTicked(ticks, each))) return null;
  return (
    <div class="field notice odd">
      <label for={id}>{t("case_reason")}</label>
      <textarea
        id={id}
        rows={3}
        dir="auto"
        required
        maxLength={MOST_CHARS}
        autocomplete="off"
        value={wanted.reason}
        data-field="reason"
        onInput={(event) => onWanted({ ...wanted, reason: event.currentTarget.value })}
      />
      <p class="fine">{t("case_reason_lead")}</p>
    </div>
  );
}

function Tick({
  name,
  word,
  wanted,
  onWanted,
}: WishProps & { readonly name: "withLetters" | "withNotes"; readonly word: TextKey }) {
  const t = useText();
  return (
    <label class="check">
      <input
        type="checkbox"
        autocomplete="off"
        checked={wanted[name]}
        data-field={name}
        onChange={(event) => onWanted({ ...wanted, [name]: event.currentTarget.checked })}
      />
      {t(word)}
    </label>
  );
}

export function With(props: WishProps) {
  return (
    <>
      <Tick {...props} name="withLetters" word="case_letters" />
      <Tick {...props} name="withNotes" word="case_notes" />
    </>
  );
}

export function Inside({
  chosen: { candidates, ticks },
  wanted,
}: Pick<WishProps, "wanted"> & { readonly chosen: Chosen }) {
  const t = useText();
  const count = candidates.filter((each) => isTicked(ticks, each)).length;
  const left = candidates.length - count;
  return (
    <section class="notice" data-part="inside">
      <h2>{t("case_inside")}</h2>
      <ul class="said-list">
        <li>{t("case_in_reports", { count })}</li>
        <li>{t("case_in_members")}</li>
        <li>{t("case_in_record")}</li>
        {wanted.withLetters && <li>{t("case_in_letters")}</li>}
        {wanted.withNotes && <li>{t("case_in_notes")}</li>}
        {left > 0 && <li>{t("case_in_left", { count: left })}</li>}
      </ul>
    </section>
  );
}
