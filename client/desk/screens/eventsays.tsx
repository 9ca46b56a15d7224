/** What the reports of an event say together: how their senders know it, and where they cannot all be right. */
import type { Field } from "../../shared/vocabulary.ts";
import type { Atlas } from "../areas.ts";
import { type Answered, saidOf, type Witness } from "../seeing/witnesses.ts";
import { useLang, useText } from "../text.ts";
import { questionLabel, reportFields } from "../vocabulary.ts";
import { OneWord } from "../words.tsx";
import { AnswerValue } from "./answers.tsx";

/** The question that says how a sender knows it, and its answers' set. */
const BASIS = "basis";

function By({ numbers }: { readonly numbers: readonly number[] }) {
  const lang = useLang();
  const t = useText();
  const words = numbers.join(lang === "ar" ? "، " : ", ");
  return <small>({t("event_by", { numbers: words })})</small>;
}

/** Kinds of witness: an event told of by those who saw it and by those who heard of it weighs more than either. */
export function HowKnown({ witnesses }: { readonly witnesses: readonly Witness[] }) {
  const t = useText();
  const { says } = saidOf(witnesses, BASIS);
  return (
    <section data-part="how-known">
      <h2>{t("event_known")}</h2>
      {says.length === 0 ? (
        <p class="fine">{t("event_known_none")}</p>
      ) : (
        <ul class="tally">
          {says.map(({ value, by }) => (
            <li key={JSON.stringify(value)} data-basis={String(value)} data-count={by.length}>
              <strong>{by.length}</strong> <OneWord set={BASIS} value={value} /> <By numbers={by} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Question({
  field,
  label,
  says,
  atlas,
}: Pick<Answered, "says"> & {
  readonly field: Field;
  readonly label: string;
  readonly atlas: Atlas;
}) {
  return (
    <div class="pair" data-disagreed={field.code}>
      <dt>{label}</dt>
      <dd>
        <ul class="said-list">
          {says.map(({ value, by }) => (
            <li key={JSON.stringify(value)}>
              <AnswerValue field={field} value={value} atlas={atlas} /> <By numbers={by} />
            </li>
          ))}
        </ul>
      </dd>
    </div>
  );
}

/** Nothing where nothing is contradicted. */
export function Disagreements({
  kind,
  disagreed,
  atlas,
}: {
  readonly kind: string;
  readonly disagreed: readonly Answered[];
  readonly atlas: Atlas;
}) {
  const lang = useLang();
  const t = useText();
  if (disagreed.length === 0) return null;
  const fields = reportFields(kind);
  return (
    <section class="notice odd" data-part="disagreed">
      <h2>{t("event_disagreed")}</h2>
      <dl>
        {disagreed.flatMap(({ field: code, says }) => {
          const field = fields.find((each) => each.code === code);
          const label = questionLabel(kind, code, lang) ?? code;
          return field
            ? [<Question key={code} field={field} label={label} says={says} atlas={atlas} />]
            : [];
        })}
      </dl>
    </section>
  );
}
