/** One line of the queue. */
import type { ComponentChildren } from "preact";
import { useContext } from "preact/hooks";
import type { Latest } from "../answers.ts";
import type { QueueState } from "../api.ts";
import type { Atlas } from "../areas.ts";
import { dayWords } from "../days.ts";
import { followUpOf, isSaying } from "../followups.ts";
import { isCounted } from "../form/body.ts";
import { Boundary } from "../parts/boundary.tsx";
import { Foreign } from "../parts/foreign.tsx";
import type { RowProps } from "../parts/longlist.tsx";
import { areaWords, mainPlace } from "../placed.ts";
import type { ReadableRow, Row } from "../queue.ts";
import { useLang, useText } from "../text.ts";
import { aboutOf, saidSince, type Threads } from "../thread.ts";
import { marksOf } from "../urgency.ts";
import { ClaimsContext } from "../useClaims.ts";
import type { OpenedReport } from "../vault/messages.ts";
import { assessmentWord, KINDS, kindName, reportFields } from "../vocabulary.ts";
import { Coded } from "../words.tsx";
import { ToEvent } from "./toevent.tsx";

/** The questions whose answers say in short what a report is about. */
const GIST: ReadonlySet<string> = new Set([
  "households",
  "cause",
  "site_type",
  "people_now",
  "event",
  "when",
]);

/** The place by its official name where it is known, else as it was written. */
export function PlaceName({
  report,
  atlas,
}: {
  readonly report: OpenedReport;
  readonly atlas: Atlas;
}) {
  const lang = useLang();
  const t = useText();
  const placed = mainPlace(report, atlas);
  if (placed?.place) return <bdi>{placed.place[lang]}</bdi>;
  if (placed?.written) return <Foreign text={placed.written} />;
  return <>{t("row_no_place")}</>;
}

/** Subdistrict and district, where they follow from the place. */
function AreaName({ report, atlas }: { readonly report: OpenedReport; readonly atlas: Atlas }) {
  const lang = useLang();
  const adm3 = mainPlace(report, atlas)?.adm3;
  return adm3 ? <span class="area">{areaWords(adm3, lang)}</span> : null;
}

export function KindName({ kind }: { readonly kind: string }) {
  const lang = useLang();
  const t = useText();
  if (!KINDS.includes(kind)) return <span class="kind">{t("kind_unknown")}</span>;
  return (
    <span class="kind" data-kind={kind}>
      {kindName(kind, lang)}
    </span>
  );
}

/** The short of what happened and when. */
function Gist({ report: { kind, answers } }: { readonly report: OpenedReport }) {
  return (
    <span class="gist">
      {reportFields(kind)
        .filter(({ code }) => GIST.has(code) && Object.hasOwn(answers, code))
        .map((field) => (
          <span key={field.code} data-field={field.code}>
            <Coded field={field} value={answers[field.code]} />
          </span>
        ))}
    </span>
  );
}

/** Why a report is urgent, in words. */
export function Marks({ report }: { readonly report: OpenedReport }) {
  const t = useText();
  return (
    <span class="marks">
      {marksOf(report).map((mark) => (
        <span key={mark} class="chip hot" data-mark={mark}>
          {t(`urgency_${mark}`)}
        </span>
      ))}
    </span>
  );
}

/** What a follow-up does; of a first report, what its sender has said since. */
export function FollowUps({
  row,
  threads,
}: {
  readonly row: ReadableRow;
  readonly threads: Threads;
}) {
  const t = useText();
  const own = followUpOf(row.opened.report);
  return (
    <>
      {own && (
        <span class="chip odd" data-follows={own}>
          {t(`follows_${own}`)}
        </span>
      )}
      {saidSince(threads, row).map((said) => (
        <span key={said} class="chip odd" data-said={said}>
          {t(`said_${said}`)}
        </span>
      ))}
    </>
  );
}

/** What a word says before it explains itself. */
const briefly = (word: string): string => word.split(":")[0] ?? word;

/** What was decided last, in words. */
function Decided({ latest: { decision, verification, flags } }: { readonly latest: Latest }) {
  const lang = useLang();
  return (
    <>
      <span class="chip" data-decision={decision}>
        {briefly(assessmentWord("decision", decision, "", lang))}
      </span>
      {verification !== null && (
        <span class="chip" data-verification={verification}>
          {briefly(assessmentWord("verification", verification, "", lang))}
        </span>
      )}
      {flags.map((flag) => (
        <span key={flag} class="chip odd" data-flag={flag}>
          {briefly(assessmentWord("flags", flag, "", lang))}
        </span>
      ))}
    </>
  );
}

/** Where the envelope stands: waiting or assessed, parked, against the rules. `among` is what is listed: there, it goes without saying. */
export function Standing({
  row: { envelope, opened },
  among = "all",
}: {
  readonly row: Row;
  readonly among?: QueueState;
}) {
  const t = useText();
  const { version, latest } = envelope;
  const colleague = useContext(ClaimsContext).get(envelope.id);
  return (
    <span class="standing">
      {colleague !== undefined && (
        <span class="chip" data-part="claimed">
          <bdi>{colleague}</bdi> {t("claim_works")}
        </span>
      )}
      {version > 0 && <span class="chip done">{t("row_assessed", { version })}</span>}
      {latest && <Decided latest={latest} />}
      {version === 0 && among === "all" && <span class="chip">{t("row_waiting")}</span>}
      {envelope.parked && <span class="chip odd">{t("row_parked")}</span>}
      {opened.reason === "schema" && <span class="chip odd">{t("row_irregular")}</span>}
    </span>
  );
}

function Line({
  row,
  urgency,
  at,
  before,
  after,
  onOpen,
  children,
}: Pick<LineProps, "at" | "before" | "onOpen"> & {
  readonly row: Row;
  readonly urgency: number;
  readonly after?: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  const { id, version } = row.envelope;
  return (
    <li
      {...at}
      class="row"
      data-envelope={id}
      data-state={version > 0 ? "assessed" : "waiting"}
      data-urgency={urgency}
      data-reason={row.opened.reason ?? undefined}
    >
      {before}
      <button type="button" class="line" data-action="open" onClick={() => onOpen(id)}>
        {children}
      </button>
      {after}
    </li>
  );
}

function Received({ day }: { readonly day: string }) {
  const lang = useLang();
  const t = useText();
  return (
    <time class="received" dateTime={day}>
      {t("row_received", { day: dayWords(day, lang) })}
    </time>
  );
}

interface LineProps {
  /** Where the row stands in a long list. */
  readonly at?: RowProps;
  /** What stands before the line, such as a box to choose it. */
  readonly before?: ComponentChildren;
  readonly among: QueueState;
  readonly onOpen: (id: string) => void;
}

interface ContentProps {
  readonly row: ReadableRow;
  readonly atlas: Atlas;
  readonly threads: Threads;
}

/** What is only said of an earlier report stands under that report's place and kind. */
function Content({ row, atlas, threads }: ContentProps) {
  const t = useText();
  const report = aboutOf(threads, row);
  if (isSaying(report)) {
    return (
      <>
        <span class="where">{t("row_first_unknown")}</span>
        <span class="what">
          <FollowUps row={row} threads={threads} />
        </span>
      </>
    );
  }
  return (
    <>
      <span class="where">
        <strong>
          <PlaceName report={report} atlas={atlas} />
        </strong>
        <AreaName report={report} atlas={atlas} />
      </span>
      <span class="what">
        <span class="short">
          <FollowUps row={row} threads={threads} /> <KindName kind={report.kind} />{" "}
          <Gist report={report} />
        </span>
        <Marks report={report} />
      </span>
    </>
  );
}

function Side({ row, among }: { readonly row: Row; readonly among: QueueState }) {
  return (
    <span class="side">
      <Received day={row.envelope.day} />
      <Standing row={row} among={among} />
    </span>
  );
}

export function ReportLine({ row, atlas, threads, among, ...line }: LineProps & ContentProps) {
  const t = useText();
  return (
    <Line
      {...line}
      row={row}
      urgency={marksOf(row.opened.report).length}
      after={isCounted({ ...row.envelope.latest }) && <ToEvent id={row.envelope.id} />}
    >
      <Boundary instead={<span class="what">{t("report_broken")}</span>}>
        <Content row={row} atlas={atlas} threads={threads} />
      </Boundary>
      <Side row={row} among={among} />
    </Line>
  );
}

/** An envelope that could not be opened: the reason takes the report's place. */
export function LockedLine({ row, among, ...line }: LineProps & { readonly row: Row }) {
  const t = useText();
  return (
    <Line {...line} row={row} urgency={0}>
      <span class="where">
        <code class="raw" dir="ltr">
          {row.envelope.id.slice(0, 12)}
        </code>
      </span>
      <span class="what">{t(`reason_${row.opened.reason ?? "missing"}`)}</span>
      <Side row={row} among={among} />
    </Line>
  );
}
