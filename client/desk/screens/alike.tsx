/** Reports that may be about the same event: why, where they disagree, and both side by side. */
import { useState } from "preact/hooks";
import type { Field } from "../../shared/vocabulary.ts";
import { fetchVersions } from "../api.ts";
import type { Atlas } from "../areas.ts";
import { dayWords } from "../days.ts";
import type { Likeness } from "../likeness/compare.ts";
import { ProblemNotice } from "../parts/notices.tsx";
import { codeOf } from "../problems.ts";
import type { ReadableRow } from "../queue.ts";
import type { Session } from "../session.ts";
import { useLang, useText } from "../text.ts";
import { type Alike, useAlike } from "../useAlike.ts";
import type { Assessing } from "../useAssessment.ts";
import type { Queue } from "../useQueue.ts";
import { questionLabel, reportFields } from "../vocabulary.ts";
import { AnswerValue } from "./answers.tsx";
import { PlaceName } from "./row.tsx";

export interface AlikeProps {
  readonly session: Session;
  readonly row: ReadableRow;
  readonly atlas: Atlas;
  readonly queue: Queue;
  readonly assessing: Assessing;
  readonly onOpen: (id: string) => void;
}

/** Why they are suggested. */
function Reasons({ likeness: { reasons } }: { readonly likeness: Likeness }) {
  const t = useText();
  return (
    <ul class="reasons">
      {reasons.map((reason) => (
        <li key={reason} data-reason={reason}>
          {t(`alike_${reason}`)}
        </li>
      ))}
    </ul>
  );
}

/** Where both cannot be right. */
function Contradictions({ row, likeness }: Alike) {
  const lang = useLang();
  const t = useText();
  const { kind } = row.opened.report;
  if (likeness.contradictions.length === 0) return null;
  const fields = likeness.contradictions.map(
    ({ field }) => questionLabel(kind, field, lang) ?? field,
  );
  return (
    <p class="notice odd" data-part="contradictions">
      {t("alike_contradict", { fields: fields.join(lang === "ar" ? "، " : ", ") })}
    </p>
  );
}

function Side({
  row,
  field,
  name,
  atlas,
}: {
  readonly row: ReadableRow;
  readonly field: Field;
  readonly name: string;
  readonly atlas: Atlas;
}) {
  const t = useText();
  const { answers } = row.opened.report;
  const isAnswered = Object.hasOwn(answers, field.code);
  return (
    <dd>
      <small>{name}</small>
      {isAnswered ? (
        <AnswerValue field={field} value={answers[field.code]} atlas={atlas} />
      ) : (
        <span class="fine">{t("alike_unanswered")}</span>
      )}
    </dd>
  );
}

/** Every question that one of them answered, the answers beside one another. */
function SideBySide({
  mine,
  other,
  atlas,
}: {
  readonly mine: ReadableRow;
  readonly other: ReadableRow;
  readonly atlas: Atlas;
}) {
  const lang = useLang();
  const t = useText();
  const { kind } = mine.opened.report;
  const [these, those] = [mine.opened.report.answers, other.opened.report.answers];
  const fields = reportFields(kind).filter(
    ({ code }) => Object.hasOwn(these, code) || Object.hasOwn(those, code),
  );
  return (
    <dl class="sides" data-part="sides">
      {fields.map((field) => {
        const differs = JSON.stringify(these[field.code]) !== JSON.stringify(those[field.code]);
        return (
          <div key={field.code} data-field={field.code} data-differs={differs}>
            <dt>
              {questionLabel(kind, field.code, lang) ?? field.code}
              {differs && <small>≠ {t("alike_differs")}</small>}
            </dt>
            <Side row={mine} field={field} name={t("alike_this")} atlas={atlas} />
            <Side row={other} field={field} name={t("alike_that")} atlas={atlas} />
          </div>
        );
      })}
    </dl>
  );
}

/** Takes the event that the other report was given into the assessment of this one. */
function SameEvent({ session, row, assessing }: Pick<AlikeProps, "session" | "row" | "assessing">) {
  const t = useText();
  const [told, setTold] = useState<"taken" | "none" | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  if (row.envelope.version === 0) return null;
  async function take() {
    setProblem(null);
    try {
      const { assessments } = await fetchVersions(session.access, row.envelope.id);
      const event = assessments.at(-1)?.fields.event_id;
      if (typeof event === "string") assessing.join(event);
      setTold(typeof event === "string" ? "taken" : "none");
    } catch (error) {
      setProblem(codeOf(error));
    }
  }
  return (
    <>
      <button
        type="button"
        class="quiet"
        data-action="same-event"
        aria-disabled={assessing.kept === null}
        onClick={() => void (assessing.kept && take())}
      >
        {t("alike_same_event")}
      </button>
      <span role="status">{told && t(`alike_event_${told}`)}</span>
      <ProblemNotice code={problem} />
    </>
  );
}

function Suggestion({ alike, props }: { readonly alike: Alike; readonly props: AlikeProps }) {
  const lang = useLang();
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  const { row, likeness } = alike;
  const { envelope, opened } = row;
  return (
    <li data-alike={envelope.id}>
      <strong>
        <PlaceName report={opened.report} atlas={props.atlas} />
      </strong>
      <small>
        {t("alike_received", { day: dayWords(envelope.day, lang) })}
        {envelope.version > 0 && ` · ${t("alike_assessed")}`}
      </small>
      <Reasons likeness={likeness} />
      <Contradictions row={row} likeness={likeness} />
      <div class="actions">
        <button
          type="button"
          class="quiet"
          data-action="compare"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {t("alike_compare")}
        </button>
        <button
          type="button"
          class="quiet"
          data-action="open-alike"
          onClick={() => props.onOpen(envelope.id)}
        >
          {t("alike_open")}
        </button>
        <SameEvent session={props.session} row={row} assessing={props.assessing} />
      </div>
      {isOpen && <SideBySide mine={props.row} other={row} atlas={props.atlas} />}
    </li>
  );
}

/** Nothing where nothing is alike. */
export function AlikeReports(props: AlikeProps) {
  const t = useText();
  const alike = useAlike(props.session, props.row, props.queue.seen, props.atlas);
  if (!alike || alike.length === 0) return null;
  return (
    <section data-part="alike">
      <h2>{t("alike_title")}</h2>
      <p class="fine">{t("alike_lead")}</p>
      <ol class="thread">
        {alike.map((each) => (
          <Suggestion key={each.row.envelope.id} alike={each} props={props} />
        ))}
      </ol>
    </section>
  );
}
