/** The assessment of one report: earlier versions, the form, saving. */
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Assessment } from "../answers.ts";
import { assessmentBody } from "../form/body.ts";
import { type Problem, problemsOf } from "../form/draft.ts";
import { SeeEvent } from "../form/event.tsx";
import { AssessmentForm } from "../form/form.tsx";
import { Conflict, Versions } from "../form/values.tsx";
import { canWrite } from "../notes.ts";
import { focusField } from "../parts/focus.ts";
import { ProblemNotice, Status } from "../parts/notices.tsx";
import { type TextKey, useLang, useText } from "../text.ts";
import type { Assessing, AssessmentProps, Kept } from "../useAssessment.ts";
import { assessmentField, fieldLabel } from "../vocabulary.ts";
import { Notes, WriteNote } from "./notes.tsx";

export type { Drafts } from "../useAssessment.ts";

/** The id of the part, to jump to. */
export const ASSESSMENT = "assessment";

/** What is still missing, by name; takes the focus when saving was tried. */
function Missing({ problems }: { readonly problems: ReadonlyMap<string, Problem> }) {
  const lang = useLang();
  const t = useText();
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => element.current?.focus(), []);
  const names = [...problems.keys()].flatMap((code) => assessmentField(code) ?? []);
  return (
    <div ref={element} class="notice bad" role="alert" tabIndex={-1} data-part="missing">
      <p>{t("assess_problems")}</p>
      <ul>
        {names.map((field) => (
          <li key={field.code}>
            <button type="button" class="quiet" onClick={() => focusField(field.code)}>
              {fieldLabel(field, lang)}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The way to the event that the report was given, whatever is decided next. */
function ItsEvent({ latest }: { readonly latest: Assessment | undefined }) {
  const event = latest?.fields.event_id;
  return typeof event === "string" ? (
    <div>
      <SeeEvent event={event} />
    </div>
  ) : null;
}

interface Ways {
  readonly onBack: () => void;
  readonly back: TextKey;
  readonly onNext: (() => void) | null;
}

function Saved({ version, back, onBack, onNext }: Ways & { readonly version: number }) {
  const t = useText();
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => element.current?.focus(), []);
  return (
    <div ref={element} tabIndex={-1} class="notice" data-part="saved" data-version={version}>
      <p role="status">{t("assess_saved", { version })}</p>
      <div class="actions">
        {onNext && (
          <button type="button" class="primary" data-action="next" onClick={onNext}>
            {t("report_next")}
          </button>
        )}
        <button type="button" class="quiet" data-action="back" onClick={onBack}>
          {t(back)}
        </button>
      </div>
    </div>
  );
}

const NO_PROBLEMS: ReadonlyMap<string, Problem> = new Map();

function Comparison({ theirs, kept }: { readonly theirs: Assessment | null; readonly kept: Kept }) {
  if (!theirs) return null;
  return <Conflict theirs={theirs} yours={assessmentBody(kept.draft.values)} />;
}

function SaveButton({ busy, kept }: { readonly busy: boolean; readonly kept: Kept }) {
  const t = useText();
  const words =
    kept.base > 0 ? t("assess_save_next", { version: kept.base + 1 }) : t("assess_save");
  return (
    <button type="submit" class="primary" data-action="save" aria-disabled={busy}>
      {busy ? t("assess_saving") : words}
    </button>
  );
}

function Form({
  assessing,
  kept,
  props,
}: {
  readonly assessing: Assessing;
  readonly kept: Kept;
  readonly props: AssessmentProps & Ways;
}) {
  const { tried, theirs, busy, problem, saved, change, save } = assessing;
  const problems = tried ? problemsOf(kept.draft) : NO_PROBLEMS;
  return (
    <form
      autocomplete="off"
      noValidate
      data-form="assessment"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <AssessmentForm
        draft={kept.draft}
        problems={problems}
        onChange={change}
        access={props.session.access}
        atlas={props.atlas}
        report={props.row.opened.report}
      />
      {canWrite(props.session, props.row) && <WriteNote assessing={assessing} />}
      <Comparison theirs={theirs} kept={kept} />
      {problems.size > 0 && <Missing problems={problems} />}
      <ProblemNotice code={problem} />
      {saved === null ? (
        <SaveButton busy={busy} kept={kept} />
      ) : (
        <Saved {...props} version={saved} />
      )}
    </form>
  );
}

export function Assess({
  assessing,
  ...props
}: AssessmentProps & Ways & { readonly assessing: Assessing }) {
  const t = useText();
  const { versions, kept, busy, problem, load } = assessing;
  return (
    <section id={ASSESSMENT} tabIndex={-1} class="sheet assess" aria-busy={busy}>
      <h2>{t("assess_title")}</h2>
      <p class="lead">{t("assess_lead")}</p>
      {versions === null || kept === null ? (
        <>
          <Status>{busy && t("loading")}</Status>
          <ProblemNotice code={problem} onRetry={load} />
        </>
      ) : (
        <>
          <Versions versions={versions} />
          <Notes notes={assessing.notes} />
          <ItsEvent latest={versions.at(-1)} />
          <Form assessing={assessing} kept={kept} props={props} />
        </>
      )}
    </section>
  );
}
