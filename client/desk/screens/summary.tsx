/** The summary: what a week tells, area by area, and what a file of it would hold, with what is withheld said to be so. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Cell, Summary } from "../answers.ts";
import { type Access, fetchSummary, type SummaryQuestion, takeOutPackage } from "../api.ts";
import { dayWords } from "../days.ts";
import { download } from "../download.ts";
import { CONTENT } from "../parts/focus.ts";
import { Heading } from "../parts/heading.tsx";
import { ProblemNotice, Status } from "../parts/notices.tsx";
import { codeOf } from "../problems.ts";
import type { Session } from "../session.ts";
import { areaOf } from "../summary/figures.ts";
import { Look, useArea } from "../summary/look.tsx";
import { lately, possible, TIERS, type Tier, wholeWeeks } from "../summary/question.ts";
import { lookedAt } from "../summary/weeks.ts";
import { type TextKey, useLang, useText } from "../text.ts";
import { Choose } from "./asking.tsx";
import { Preview, Tiers } from "./preview.tsx";
import { SummaryTable } from "./table.tsx";

/** The rows of an area and all within it. */
const inArea = (cells: readonly Cell[], area: string): readonly Cell[] =>
  cells.filter((cell) => areaOf(cell).startsWith(area));

/** What the file holds, of the area that is looked at. */
function Rows({ summary, area }: { readonly summary: Summary; readonly area: string }) {
  const lang = useLang();
  const t = useText();
  const caption = t("summary_caption", {
    from: dayWords(summary.from, lang),
    to: dayWords(summary.to, lang),
  });
  const [cells, totals, types] = [summary.cells, summary.totals, summary.types].map((each) =>
    inArea(each, area),
  ) as [readonly Cell[], readonly Cell[], readonly Cell[]];
  return (
    <>
      <h2>{t("summary_rows")}</h2>
      {cells.length === 0 ? (
        <p>{t(summary.untold.length > 0 ? "summary_untold" : "summary_empty")}</p>
      ) : (
        <SummaryTable cells={cells} caption={caption} />
      )}
      {types.length > 0 && (
        <>
          <h2>{t("summary_types")}</h2>
          <SummaryTable cells={types} caption={t("summary_types")} />
        </>
      )}
      {totals.length > 0 && (
        <>
          <h2>{t("summary_totals")}</h2>
          <SummaryTable cells={totals} caption={t("summary_totals")} />
        </>
      )}
    </>
  );
}

/** Weeks that were asked for and are not in the table: the first and the last, and how many. */
function Untold({ weeks }: { readonly weeks: readonly string[] }) {
  const lang = useLang();
  const t = useText();
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (!first || !last) return null;
  return (
    <p class="withheld" data-part="untold">
      {t("summary_untold_weeks", {
        number: weeks.length,
        from: dayWords(first, lang),
        to: dayWords(last, lang),
      })}
    </p>
  );
}

function Shown({ answer: { summary, seen, tiers } }: { readonly answer: Answer }) {
  const lang = useLang();
  const t = useText();
  const [area, onArea] = useArea();
  const { from, to } = summary;
  return (
    <section data-part="summary" data-from={from} data-to={to} data-tier={summary.tier}>
      <h2>
        {t("summary_caption", { from: dayWords(from, lang), to: dayWords(to, lang) })}
        <span class="fine"> {t(`tier_${summary.tier as Tier}`)}</span>
      </h2>
      <button type="button" class="quiet print" data-action="print" onClick={() => print()}>
        {t("summary_print")}
      </button>
      <p class="fine">
        {t("summary_rule", { k: summary.k_reports, m: summary.m_events, p: summary.k_people })}
      </p>
      <p class="on-paper">{t("summary_paper")}</p>
      <Untold weeks={summary.untold} />
      <Look seen={seen} to={to} area={area} onArea={onArea} />
      <Preview summary={summary} />
      <Tiers tiers={tiers} chosen={summary.tier} />
      <Rows summary={summary} area={area} />
    </section>
  );
}

/** By its tier where it leaves the organisation. */
const fileName = ({ from, to, tier }: SummaryQuestion): string =>
  `amana-${tier === "internal" ? "" : `${tier}-`}${from}-${to}.zip`;

/** The table of a file, what is looked at around it, and the tables of all tiers that there are for these areas. */
interface Answer {
  readonly asked: SummaryQuestion;
  readonly summary: Summary;
  readonly seen: Summary;
  readonly tiers: readonly Summary[];
}

async function fetchAnswer(access: Access, asked: SummaryQuestion): Promise<Answer> {
  const [seen, ...tiers] = await Promise.all([
    fetchSummary(access, lookedAt(asked)),
    ...TIERS.map((tier) => fetchSummary(access, possible({ ...asked, tier }))),
  ]);
  const summary = tiers.find(({ tier }) => tier === asked.tier) ?? seen;
  return { asked, summary, seen, tiers };
}

type Work = (isLatest: () => boolean) => Promise<void>;

/** Says in words how the work that was begun last goes. */
function useDoing() {
  const [doing, setDoing] = useState<TextKey | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const latest = useRef(0);

  async function run(during: TextKey, after: TextKey | null, work: Work) {
    latest.current += 1;
    const mine = latest.current;
    const isLatest = () => mine === latest.current;
    setProblem(null);
    setDoing(during);
    const wrong = await work(isLatest).then(() => null, codeOf);
    if (wrong !== null) setProblem(wrong);
    if (isLatest()) setDoing(wrong === null ? after : null);
  }
  return { doing, problem, run };
}

/** What was asked for last is shown, in whichever order the answers come; where it is not to be had, nothing from before. */
function useSummary({ access }: Session) {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const { doing, problem, run } = useDoing();
  const show = (asked: SummaryQuestion) =>
    run("loading", null, async (isLatest) => {
      const put = (next: Answer | null) => isLatest() && setAnswer(next);
      await fetchAnswer(access, asked).then(put, (error: unknown) => {
        put(null);
        if (isLatest()) throw error;
      });
    });
  const save = (asked: SummaryQuestion) =>
    run("summary_downloading", "summary_downloaded", async () =>
      download(await takeOutPackage(access, asked), fileName(asked)),
    );
  return { answer, doing, problem, show, save };
}

const WORKING: readonly (TextKey | null)[] = ["loading", "summary_downloading"];

export function SummaryScreen({ session }: { readonly session: Session }) {
  const t = useText();
  const { answer, doing, problem, show, save } = useSummary(session);
  useEffect(() => {
    const weeks = wholeWeeks(lately());
    if (weeks) void show(weeks);
  }, []);
  return (
    <main id={CONTENT} tabIndex={-1} data-screen="summary">
      <Heading>{t("summary_title")}</Heading>
      <p class="lead">{t("summary_lead")}</p>
      <Choose
        shown={answer?.asked ?? null}
        onShow={show}
        onDownload={save}
        mayRelease={session.mayRelease}
        busy={WORKING.includes(doing)}
      />
      <Status>{doing && t(doing)}</Status>
      <ProblemNotice code={problem} />
      {answer && <Shown answer={answer} />}
    </main>
  );
}
