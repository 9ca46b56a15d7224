/** The summary: week by district by kind, with what is withheld said to be so. */
import { useEffect, useId, useState } from "preact/hooks";
import { isDay } from "../../shared/days.ts";
import type { Summary } from "../answers.ts";
import { fetchSummary, fetchSummaryFile } from "../api.ts";
import { addDays, today } from "../clock.ts";
import { dayWords, monday, sunday } from "../days.ts";
import { download } from "../download.ts";
import { CONTENT } from "../parts/focus.ts";
import { Heading } from "../parts/heading.tsx";
import { ProblemNotice, Status } from "../parts/notices.tsx";
import { codeOf } from "../problems.ts";
import type { Session } from "../session.ts";
import { type TextKey, useLang, useText } from "../text.ts";
import { SummaryTable } from "./table.tsx";

const WEEKS_BACK = 21;

/** The days of a range as they were chosen. */
interface Range {
  readonly from: string;
  readonly to: string;
}

/** Whole weeks around the chosen days; null when they are no range. */
const wholeWeeks = ({ from, to }: Range): Range | null =>
  isDay(from) && isDay(to) && from <= to ? { from: monday(from), to: sunday(to) } : null;

function DayField({
  name,
  code,
  value,
  onInput,
}: {
  readonly name: TextKey;
  readonly code: string;
  readonly value: string;
  readonly onInput: (day: string) => void;
}) {
  const t = useText();
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{t(name)}</label>
      <input
        id={id}
        type="date"
        value={value}
        autocomplete="off"
        data-field={code}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  );
}

/** What is shown first: four weeks, this one the last. */
const lately = (): Range => ({ from: addDays(monday(today()), -WEEKS_BACK), to: today() });

function Choose({
  onShow,
  onDownload,
  busy,
}: {
  readonly onShow: (range: Range) => void;
  readonly onDownload: (range: Range) => void;
  readonly busy: boolean;
}) {
  const t = useText();
  const [range, setRange] = useState<Range>(lately);
  const weeks = wholeWeeks(range);
  return (
    <form
      class="bar choose"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (weeks) onShow(weeks);
      }}
    >
      <DayField
        name="summary_from"
        code="from"
        value={range.from}
        onInput={(from) => setRange({ ...range, from })}
      />
      <DayField
        name="summary_to"
        code="to"
        value={range.to}
        onInput={(to) => setRange({ ...range, to })}
      />
      <button type="submit" class="primary" data-action="show" disabled={busy || !weeks}>
        {t("summary_show")}
      </button>
      <button
        type="button"
        class="quiet"
        data-action="download"
        disabled={busy || !weeks}
        onClick={() => weeks && onDownload(weeks)}
      >
        {t("summary_download")}
      </button>
      {!weeks && (
        <p class="wrong" role="status">
          {t("summary_range_wrong")}
        </p>
      )}
    </form>
  );
}

function Shown({ summary }: { readonly summary: Summary }) {
  const lang = useLang();
  const t = useText();
  const { from, to, k_reports, cells } = summary;
  const caption = t("summary_caption", { from: dayWords(from, lang), to: dayWords(to, lang) });
  return (
    <section data-part="summary" data-from={from} data-to={to}>
      <h2>{caption}</h2>
      <p class="fine">{t("summary_rule", { k: k_reports })}</p>
      {cells.length === 0 ? (
        <p>{t("summary_empty")}</p>
      ) : (
        <SummaryTable cells={cells} caption={caption} />
      )}
    </section>
  );
}

/** One request at a time, its outcome in words. */
function useSummary({ access }: Session) {
  const [summary, setSummary] = useState<Summary | null>(null);
  const [doing, setDoing] = useState<TextKey | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function run(during: TextKey, after: TextKey | null, work: () => Promise<void>) {
    setProblem(null);
    setDoing(during);
    try {
      await work();
      setDoing(after);
    } catch (error) {
      setDoing(null);
      setProblem(codeOf(error));
    }
  }

  const show = ({ from, to }: Range) =>
    run("loading", null, async () => setSummary(await fetchSummary(access, from, to)));
  const save = ({ from, to }: Range) =>
    run("summary_downloading", "summary_downloaded", async () =>
      download(await fetchSummaryFile(access, from, to), `amana-summary-${from}-${to}.csv`),
    );
  return { summary, doing, problem, show, save };
}

const WORKING: readonly (TextKey | null)[] = ["loading", "summary_downloading"];

export function SummaryScreen({ session }: { readonly session: Session }) {
  const t = useText();
  const { summary, doing, problem, show, save } = useSummary(session);
  useEffect(() => {
    const weeks = wholeWeeks(lately());
    if (weeks) void show(weeks);
  }, []);
  return (
    <main id={CONTENT} tabIndex={-1} data-screen="summary">
      <Heading>{t("summary_title")}</Heading>
      <p class="lead">{t("summary_lead")}</p>
      <Choose onShow={show} onDownload={save} busy={WORKING.includes(doing)} />
      <Status>{doing && t(doing)}</Status>
      <ProblemNotice code={problem} />
      {summary && <Shown summary={summary} />}
    </main>
  );
}
