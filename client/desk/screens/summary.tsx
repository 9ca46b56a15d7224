/** The summary: week by area by kind with totals, with what is withheld said to be so. */
import { useEffect, useState } from "preact/hooks";
import type { Summary } from "../answers.ts";
import { fetchSummary, type SummaryQuestion, takeOutPackage } from "../api.ts";
import { dayWords } from "../days.ts";
import { download } from "../download.ts";
import { CONTENT } from "../parts/focus.ts";
import { Heading } from "../parts/heading.tsx";
import { ProblemNotice, Status } from "../parts/notices.tsx";
import { codeOf } from "../problems.ts";
import type { Session } from "../session.ts";
import { type TextKey, useLang, useText } from "../text.ts";
import { Choose, lately, wholeWeeks } from "./asking.tsx";
import { Preview } from "./preview.tsx";
import { SummaryTable } from "./table.tsx";

function Shown({ summary }: { readonly summary: Summary }) {
  const lang = useLang();
  const t = useText();
  const { from, to, cells, totals } = summary;
  const caption = t("summary_caption", { from: dayWords(from, lang), to: dayWords(to, lang) });
  return (
    <section data-part="summary" data-from={from} data-to={to} data-tier={summary.tier}>
      <h2>{caption}</h2>
      <p class="fine">
        {t("summary_rule", { k: summary.k_reports, m: summary.m_events, p: summary.k_people })}
      </p>
      <Preview summary={summary} />
      {cells.length === 0 ? (
        <p>{t("summary_empty")}</p>
      ) : (
        <SummaryTable cells={cells} caption={caption} />
      )}
      {totals.length > 0 && (
        <>
          <h2>{t("summary_totals")}</h2>
          <SummaryTable cells={totals} caption={t("summary_totals")} />
        </>
      )}
    </section>
  );
}

/** By its tier where it leaves the organisation. */
const fileName = ({ from, to, tier }: SummaryQuestion): string =>
  `amana-${tier === "internal" ? "" : `${tier}-`}${from}-${to}.zip`;

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

  const show = (asked: SummaryQuestion) =>
    run("loading", null, async () => setSummary(await fetchSummary(access, asked)));
  const save = (asked: SummaryQuestion) =>
    run("summary_downloading", "summary_downloaded", async () =>
      download(await takeOutPackage(access, asked), fileName(asked)),
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
      <Choose
        onShow={show}
        onDownload={save}
        mayRelease={session.mayRelease}
        busy={WORKING.includes(doing)}
      />
      <Status>{doing && t(doing)}</Status>
      <ProblemNotice code={problem} />
      {summary && <Shown summary={summary} />}
    </main>
  );
}
