/** What a report says: every answer in words, in the order of the form, then whatever the form does not know. */
import type { ComponentChildren } from "preact";
import type { Field } from "../../shared/vocabulary.ts";
import type { Atlas } from "../areas.ts";
import { Raw } from "../parts/foreign.tsx";
import { areaWords, readPlace } from "../placed.ts";
import { ownName, useLang, useText } from "../text.ts";
import type { OpenedReport } from "../vault/messages.ts";
import { questionLabel, reportFields } from "../vocabulary.ts";
import { Coded, Written } from "../words.tsx";

/** A place: what was written, and the known place it was picked as. */
function PlaceAnswer({ value, atlas }: { readonly value: unknown; readonly atlas: Atlas }) {
  const lang = useLang();
  const t = useText();
  const placed = readPlace(value, atlas);
  if (!placed) return <Written value={value} />;
  const { written, place, adm3 } = placed;
  const area = adm3 ? areaWords(adm3, lang) : t("report_place_unknown");
  return (
    <>
      {place && <bdi class="official">{place[lang]}</bdi>}
      <span class="area">{area}</span>
      <span class="written">
        <Written value={written} /> <small>({t("report_as_written")})</small>
      </span>
    </>
  );
}

/** One answer in words. */
export function AnswerValue({
  field,
  value,
  atlas,
}: {
  readonly field: Field;
  readonly value: unknown;
  readonly atlas: Atlas;
}) {
  if (field.type === "place") return <PlaceAnswer value={value} atlas={atlas} />;
  if (field.type === "text") return <Written value={value} />;
  return <Coded field={field} value={value} />;
}

function Pair({
  field,
  label,
  children,
}: {
  readonly field: string;
  readonly label: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  return (
    <div class="pair" data-field={field}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The note has a place of its own below the answers. */
const NOTE = "note";

export function Answers({
  report: { kind, answers },
  atlas,
}: {
  readonly report: OpenedReport;
  readonly atlas: Atlas;
}) {
  const lang = useLang();
  const t = useText();
  const asked = reportFields(kind).filter(({ code }) => code !== NOTE);
  const known = new Set([...asked.map(({ code }) => code), NOTE]);
  const unknown = Object.entries(answers).filter(([code]) => !known.has(code));
  return (
    <dl class="answers">
      {asked
        .filter(({ code }) => Object.hasOwn(answers, code))
        .map((field) => (
          <Pair
            key={field.code}
            field={field.code}
            label={questionLabel(kind, field.code, lang) ?? field.code}
          >
            <AnswerValue field={field} value={answers[field.code]} atlas={atlas} />
          </Pair>
        ))}
      {unknown.map(([code, value]) => (
        <Pair
          key={code}
          field={code}
          label={
            <>
              <Raw code={code} /> <small>({t("report_unknown_field")})</small>
            </>
          }
        >
          <Written value={value} />
        </Pair>
      ))}
    </dl>
  );
}

/** The note, as text and nothing else. */
export function Note({ report: { answers, lang } }: { readonly report: OpenedReport }) {
  const t = useText();
  const voice = ownName(lang) ? lang : undefined;
  return (
    <section class="note" data-field={NOTE}>
      <h2>{t("report_note")}</h2>
      {Object.hasOwn(answers, NOTE) ? (
        <blockquote dir="auto" lang={voice}>
          <Written value={answers[NOTE]} />
        </blockquote>
      ) : (
        <p class="fine">{t("report_note_none")}</p>
      )}
    </section>
  );
}
