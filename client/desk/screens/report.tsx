/** One report: what it says on one side, the assessment of it on the other. */
import { useEffect } from "preact/hooks";
import type { Atlas } from "../areas.ts";
import { isSaying } from "../followups.ts";
import { Boundary } from "../parts/boundary.tsx";
import { CONTENT, focusOn } from "../parts/focus.ts";
import { Heading } from "../parts/heading.tsx";
import { isReadable, type Row, standingOf } from "../queue.ts";
import type { Session } from "../session.ts";
import { type TextKey, useText } from "../text.ts";
import { aboutOf } from "../thread.ts";
import { type Assessing, type AssessmentProps, useAssessment } from "../useAssessment.ts";
import type { Letters } from "../useLetters.ts";
import type { Queue } from "../useQueue.ts";
import { hasActing } from "../visible.ts";
import { AlikeReports } from "./alike.tsx";
import { Answers, Note } from "./answers.tsx";
import { ASSESSMENT, Assess, type Drafts } from "./assess.tsx";
import { Claim } from "./claim.tsx";
import { Facts } from "./facts.tsx";
import { FollowUps, KindName, Marks, PlaceName, Standing } from "./row.tsx";
import { Correspondence } from "./thread.tsx";

export interface ReportScreenProps {
  readonly session: Session;
  readonly row: Row;
  readonly atlas: Atlas;
  readonly drafts: Drafts;
  readonly queue: Queue;
  readonly letters: Letters;
  readonly onOpen: (id: string) => void;
  readonly onBack: () => void;
  /** Where that leads, in words. */
  readonly back: TextKey;
  /** Opens the next report of the queue; null when there is none. */
  readonly onNext: (() => void) | null;
  readonly onSaved: AssessmentProps["onSaved"];
}

function Title({ row, atlas, queue }: Pick<ReportScreenProps, "row" | "atlas" | "queue">) {
  const t = useText();
  if (!isReadable(row)) return <Heading>{t("report_locked_title")}</Heading>;
  const report = aboutOf(queue.threads, row);
  return (
    <>
      <Heading>
        {isSaying(report) ? (
          t("row_first_unknown")
        ) : (
          <>
            <KindName kind={report.kind} /> <PlaceName report={report} atlas={atlas} />
          </>
        )}
      </Heading>
      <FollowUps row={row} threads={queue.threads} />
      <Marks report={report} />
    </>
  );
}

/** What the sender said, or why it cannot be read. */
function Said({ row, atlas }: { readonly row: Row; readonly atlas: Atlas }) {
  const t = useText();
  const { reason } = row.opened;
  if (!isReadable(row)) {
    return (
      <p class="notice odd" data-reason={reason}>
        {t(`reason_${reason ?? "missing"}`)}
      </p>
    );
  }
  const { report } = row.opened;
  return (
    <>
      {reason === "schema" && <p class="notice odd">{t("report_irregular")}</p>}
      {hasActing(report.answers) && <p class="notice">{t("report_marks")}</p>}
      {!isSaying(report) && (
        <>
          <h2>{t("report_answers")}</h2>
          <Answers report={report} atlas={atlas} />
        </>
      )}
      <Note report={report} />
    </>
  );
}

function Way({ back, onBack, onNext }: Pick<ReportScreenProps, "back" | "onBack" | "onNext">) {
  const t = useText();
  return (
    <div class="bar way">
      <button type="button" class="quiet" data-action="back" onClick={onBack}>
        {t(back)}
      </button>
      <button type="button" class="quiet jump" onClick={() => focusOn(ASSESSMENT)}>
        {t("report_to_form")}
      </button>
      {onNext && (
        <button type="button" class="quiet" data-action="next" onClick={onNext}>
          {t("report_next")}
        </button>
      )}
    </div>
  );
}

/** A report that a colleague has assessed since the list was loaded waits no longer. */
function useDecidedMeanwhile({ envelope }: Row, queue: Queue, { versions }: Assessing): void {
  const latest = versions?.at(-1)?.version ?? 0;
  useEffect(() => {
    if (versions && latest > envelope.version) queue.saved(envelope.id, standingOf(versions));
  }, [latest]);
}

export function ReportScreen(props: ReportScreenProps) {
  const t = useText();
  const { session, row, atlas, queue } = props;
  const assessing = useAssessment(props);
  useDecidedMeanwhile(row, queue, assessing);
  return (
    <main id={CONTENT} tabIndex={-1} data-screen="report" data-envelope={row.envelope.id}>
      <Way {...props} />
      <Claim session={session} id={row.envelope.id} />
      <div class="beside">
        <article class="sheet said">
          <Boundary instead={<p class="notice odd">{t("report_broken")}</p>}>
            <header>
              <Title row={row} atlas={atlas} queue={queue} />
              <Standing row={row} />
            </header>
            <Said row={row} atlas={atlas} />
          </Boundary>
          {isReadable(row) && <AlikeReports {...props} row={row} assessing={assessing} />}
          {isReadable(row) && <Correspondence {...props} row={row} />}
          <Facts row={row} />
        </article>
        <Assess {...props} assessing={assessing} />
      </div>
    </main>
  );
}
