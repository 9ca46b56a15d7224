/** What is known about a report besides its answers: what the server saw, apart from what the sender claims. */
import type { ComponentChildren } from "preact";
import { isDay } from "../../shared/days.ts";
import { dayWords } from "../days.ts";
import { Raw } from "../parts/foreign.tsx";
import type { Row } from "../queue.ts";
import { ownName, type TextKey, useLang, useText } from "../text.ts";
import type { OpenedReport } from "../vault/messages.ts";
import { reportFields } from "../vocabulary.ts";
import { OneWord } from "../words.tsx";

function Fact({
  name,
  children,
}: {
  readonly name: TextKey;
  readonly children: ComponentChildren;
}) {
  const t = useText();
  return (
    <div class="pair" data-fact={name.replace("report_", "")}>
      <dt>{t(name)}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Day({ day }: { readonly day: string }) {
  const lang = useLang();
  if (!isDay(day)) return <Raw code={day} />;
  return <time dateTime={day}>{dayWords(day, lang)}</time>;
}

function Claimed({ report: { kind, answers } }: { readonly report: OpenedReport }) {
  const t = useText();
  const question = reportFields(kind).find(({ code }) => code === "when");
  if (!question) return <>{t("report_claimed_none")}</>;
  if (answers.when === undefined) return <>{t("report_claimed_unanswered")}</>;
  return <OneWord set={question.options} value={answers.when} />;
}

/** A language's own name. */
function WrittenIn({ code }: { readonly code: string }) {
  const name = ownName(code);
  return name ? <span lang={code}>{name}</span> : <Raw code={code} />;
}

function Claims({ report }: { readonly report: OpenedReport }) {
  const t = useText();
  const { made, lang, app } = report;
  return (
    <>
      <Fact name="report_claimed">
        <Claimed report={report} />
      </Fact>
      <Fact name="report_made">{made === null ? t("report_made_none") : <Day day={made} />}</Fact>
      <Fact name="report_language">
        <WrittenIn code={lang} />
      </Fact>
      <Fact name="report_app">
        <Raw code={app} />
      </Fact>
    </>
  );
}

/** For a report that could not be opened only the server's part is known. */
export function Facts({ row: { envelope, opened } }: { readonly row: Row }) {
  const t = useText();
  return (
    <section class="facts">
      <h2>{t("report_facts")}</h2>
      <dl>
        <Fact name="report_received">
          <Day day={envelope.day} />
        </Fact>
        {opened.report && <Claims report={opened.report} />}
        <Fact name="report_key">
          <Raw code={envelope.kid} />
        </Fact>
        <Fact name="report_id">
          <Raw code={envelope.id} />
        </Fact>
      </dl>
    </section>
  );
}
