/** One event: what its reports say together, where they disagree, what their senders said since, who decided what. */
import { useMemo } from "preact/hooks";
import type { DeskEvent, EventReport } from "../answers.ts";
import type { Atlas } from "../areas.ts";
import { eventLabel } from "../eventwords.ts";
import { CONTENT } from "../parts/focus.ts";
import { Glyph } from "../parts/glyph.tsx";
import { Heading } from "../parts/heading.tsx";
import { ProblemNotice, Status } from "../parts/notices.tsx";
import { isReadable } from "../queue.ts";
import { disagreements, type Witness } from "../seeing/witnesses.ts";
import type { Session } from "../session.ts";
import { type TextKey, useLang, useText } from "../text.ts";
import { MOST_REPORTS, useEvent } from "../useEvents.ts";
import type { Queue } from "../useQueue.ts";
import { assessmentWord } from "../vocabulary.ts";
import { EventReports } from "./eventreports.tsx";
import { Disagreements, HowKnown } from "./eventsays.tsx";
import { Since } from "./eventsince.tsx";
import { History } from "./history.tsx";
import { seenKind } from "./tallies.tsx";

/** What the best report says of the event, with the highest severity of any. */
type Told = Omit<DeskEvent, "event_id" | "reports">;

const latest = ({ assessments }: EventReport) => assessments.at(-1)?.fields ?? {};

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

function toldOf(reports: readonly EventReport[]): Told | null {
  const [best] = reports;
  if (!best) return null;
  const { kind, category, adm3, day } = latest(best);
  const severities = reports.map((report) => textOf(latest(report).severity)).sort();
  return {
    kind: textOf(kind),
    category: textOf(category),
    adm3: textOf(adm3),
    day: textOf(day),
    severity: severities.at(-1) ?? "",
    verification: best.verification,
  };
}

/** Those of the reports that could be read, each with its number on the screen. */
const witnessesOf = (reports: readonly EventReport[], { seen }: Queue): readonly Witness[] =>
  reports.flatMap(({ envelope }, at) => {
    const row = seen.get(envelope.id);
    return row && isReadable(row) ? [{ number: at + 1, row }] : [];
  });

function Fact({
  name,
  field,
  words,
}: {
  readonly name: TextKey;
  readonly field: string;
  readonly words: string;
}) {
  const t = useText();
  return (
    <div class="pair" data-field={field}>
      <dt>{t(name)}</dt>
      <dd>{words}</dd>
    </div>
  );
}

function Facts({ told, count }: { readonly told: Told; readonly count: number }) {
  const lang = useLang();
  const { kind, severity, verification } = told;
  const word = assessmentWord("severity", severity, kind, lang);
  return (
    <dl>
      <Fact
        name="event_verification"
        field="verification"
        words={assessmentWord("verification", verification, kind, lang)}
      />
      <Fact name="seen_severity" field="severity" words={`${severity} · ${word}`} />
      <Fact name="event_reports" field="reports" words={String(count)} />
    </dl>
  );
}

export interface EventScreenProps {
  readonly session: Session;
  readonly queue: Queue;
  readonly atlas: Atlas;
  readonly id: string;
  readonly back: TextKey;
  readonly onBack: () => void;
  readonly onOpen: (id: string) => void;
  /** Goes on to taking the event out as a case. */
  readonly onCase: () => void;
}

function Shown({
  reports,
  ...props
}: EventScreenProps & { readonly reports: readonly EventReport[] }) {
  const lang = useLang();
  const t = useText();
  const { queue, atlas, onOpen } = props;
  const witnesses = useMemo(() => witnessesOf(reports, queue), [reports, queue.seen]);
  const disagreed = useMemo(() => disagreements(witnesses), [witnesses]);
  const told = toldOf(reports);
  if (!told) return null;
  return (
    <>
      <Since witnesses={witnesses} queue={queue} onOpen={onOpen} />
      <article class="sheet">
        <header class="event-head">
          <Heading>{eventLabel(told, lang)}</Heading>
          <span>
            <Glyph kind={told.kind} isFilled={true} />{" "}
            <span class="kind">{seenKind(told.kind, lang)}</span>
          </span>
        </header>
        <Facts told={told} count={reports.length} />
        <Disagreements kind={told.kind} disagreed={disagreed} atlas={atlas} />
        <HowKnown witnesses={witnesses} />
      </article>
      {reports.length >= MOST_REPORTS && (
        <p class="notice odd">{t("event_limited", { count: MOST_REPORTS })}</p>
      )}
      <EventReports reports={reports} kind={told.kind} queue={queue} onOpen={onOpen} />
      <History reports={reports} />
    </>
  );
}

export function EventScreen(props: EventScreenProps) {
  const t = useText();
  const { session, queue, id, back, onBack, onCase } = props;
  const { value, problem, isOpening, load } = useEvent(session, queue, id);
  return (
    <main
      id={CONTENT}
      tabIndex={-1}
      data-screen="event"
      data-event={id}
      aria-busy={isOpening && problem === null}
    >
      <div class="bar way">
        <button type="button" class="quiet" data-action="back" onClick={onBack}>
          {t(back)}
        </button>
        {session.isAdministrator && (
          <button type="button" class="quiet" data-action="open-case" onClick={onCase}>
            {t("case_open")}
          </button>
        )}
      </div>
      <ProblemNotice code={problem} onRetry={load} />
      {isOpening && <Status>{problem === null && t("event_opening")}</Status>}
      {value && <Shown {...props} reports={value} />}
    </main>
  );
}
