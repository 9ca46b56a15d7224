/** The reports of an event, the best-verified first. */
import type { EventReport } from "../answers.ts";
import { dayWords } from "../days.ts";
import { isReadable } from "../queue.ts";
import { type Lang, useLang, useText } from "../text.ts";
import type { Queue } from "../useQueue.ts";
import { assessmentWord } from "../vocabulary.ts";
import { OneWord } from "../words.tsx";
import { FollowUps } from "./row.tsx";

interface ReportsProps {
  readonly kind: string;
  readonly queue: Queue;
  readonly onOpen: (id: string) => void;
}

/** The grade as it counts and, where a second member is missing, what was decided. */
function gradeWords({ verification, assessments }: EventReport, kind: string, lang: Lang): string {
  const said = assessments.at(-1)?.fields.verification;
  const words = assessmentWord("verification", verification, kind, lang);
  if (said === verification || typeof said !== "string") return words;
  return `${words} (${assessmentWord("verification", said, kind, lang)})`;
}

/** How its sender knows it, or why nobody here can read that. */
function Said({ report, queue }: { readonly report: EventReport; readonly queue: Queue }) {
  const t = useText();
  const row = queue.seen.get(report.envelope.id);
  if (!row) return <>{t("event_unopened")}</>;
  if (!isReadable(row))
    return <span class="chip odd">{t(`reason_${row.opened.reason ?? "missing"}`)}</span>;
  const { basis } = row.opened.report.answers;
  return (
    <>
      <FollowUps row={row} threads={queue.threads} />
      {basis !== undefined && <OneWord set="basis" value={basis} />}
    </>
  );
}

function Line({
  number,
  report,
  kind,
  queue,
  onOpen,
}: ReportsProps & { readonly number: number; readonly report: EventReport }) {
  const lang = useLang();
  const t = useText();
  const { envelope, assessments } = report;
  const { severity } = assessments.at(-1)?.fields ?? {};
  const grade = String(severity ?? "");
  return (
    <li class="row" data-report={number} data-envelope={envelope.id}>
      <button
        type="button"
        class="line"
        data-action="open-report"
        aria-disabled={!queue.seen.has(envelope.id)}
        onClick={() => queue.seen.has(envelope.id) && onOpen(envelope.id)}
      >
        <span class="where">
          <strong>{t("event_report", { number })}</strong>
          <span class="area">{t("row_received", { day: dayWords(envelope.day, lang) })}</span>
        </span>
        <span class="what">
          <span data-part="said">
            <Said report={report} queue={queue} />
          </span>
        </span>
        <span class="side">
          <span>{gradeWords(report, kind, lang)}</span>
          <span class="fine">
            {t("event_severity", {
              severity: grade,
              words: assessmentWord("severity", grade, kind, lang),
            })}
          </span>
        </span>
      </button>
    </li>
  );
}

export function EventReports({
  reports,
  ...props
}: ReportsProps & { readonly reports: readonly EventReport[] }) {
  const t = useText();
  return (
    <section class="event-reports">
      <h2>{t("event_reports")}</h2>
      <ol class="rows" data-part="event-reports">
        {reports.map((report, at) => (
          <Line key={report.envelope.id} number={at + 1} report={report} {...props} />
        ))}
      </ol>
    </section>
  );
}
