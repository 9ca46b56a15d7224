/** The reports of a case: which of them go in, and what stands against the others. */
import { type Candidate, isTicked } from "../case/choice.ts";
import { dayWords } from "../days.ts";
import { isReadable } from "../queue.ts";
import { useLang, useText } from "../text.ts";
import { saidSince } from "../thread.ts";
import type { Chosen } from "../useCase.ts";
import type { Queue } from "../useQueue.ts";
import { kindName } from "../vocabulary.ts";

interface LineProps {
  readonly number: number;
  readonly candidate: Candidate;
  readonly chosen: Chosen;
  readonly queue: Queue;
}

/** What is known of a report that matters here. */
function Marks({ candidate: { row, heldBack }, queue }: Pick<LineProps, "candidate" | "queue">) {
  const t = useText();
  const since = row && isReadable(row) ? saidSince(queue.threads, row) : [];
  return (
    <>
      {since
        .filter((what) => what !== "withdraw")
        .map((what) => (
          <span key={what} class="chip odd">
            {t(`said_${what}`)}
          </span>
        ))}
      {row && !isReadable(row) && (
        <span class="chip odd">{t(`reason_${row.opened.reason ?? "missing"}`)}</span>
      )}
      {heldBack && <span class="chip hot">{t(`case_${heldBack}`)}</span>}
    </>
  );
}

function Line({ number, candidate, chosen, queue }: LineProps) {
  const lang = useLang();
  const t = useText();
  const { report, row, heldBack } = candidate;
  const { id, day } = report.envelope;
  const kind = row?.opened.report?.kind;
  return (
    <li data-envelope={id} data-held-back={heldBack ?? ""}>
      <label class="check">
        <input
          type="checkbox"
          autocomplete="off"
          checked={isTicked(chosen.ticks, candidate)}
          data-field="take"
          onChange={(event) => chosen.tick(candidate, event.currentTarget.checked)}
        />
        <span>
          <strong>{t("event_report", { number })}</strong> {kind && kindName(kind, lang)} ·{" "}
          {t("row_received", { day: dayWords(day, lang) })}{" "}
          <Marks candidate={candidate} queue={queue} />
        </span>
      </label>
    </li>
  );
}

export function CaseReports({ chosen, queue }: Pick<LineProps, "chosen" | "queue">) {
  const t = useText();
  const { candidates } = chosen;
  if (candidates.length === 0) return null;
  return (
    <section data-part="case-reports">
      <h2>{t("event_reports")}</h2>
      <ol class="said-list">
        {candidates.map((candidate, at) => (
          <Line
            key={candidate.report.envelope.id}
            number={at + 1}
            {...{ candidate, chosen, queue }}
          />
        ))}
      </ol>
    </section>
  );
}
