/** Who decided what about the reports of an event, hour by hour. */
import type { Assessment, EventReport } from "../answers.ts";
import { hourWords } from "../days.ts";
import { type Lang, useLang, useText } from "../text.ts";
import { assessmentWord } from "../vocabulary.ts";

interface Step {
  readonly number: number;
  readonly version: Assessment;
}

/** The latest hour where none is kept: on its day such a version stands last. */
const hourOf = ({ assessed, hour }: Assessment): string =>
  `${assessed} ${String(hour ?? 24).padStart(2, "0")}`;

/** Every version of every report, the earliest hour first; in one hour in the order of the reports. */
const stepsOf = (reports: readonly EventReport[]): readonly Step[] =>
  reports
    .flatMap(({ assessments }, at) => assessments.map((version) => ({ number: at + 1, version })))
    .sort((one, other) => hourOf(one.version).localeCompare(hourOf(other.version)));

/** What a version says in short. */
function decided({ fields }: Assessment, lang: Lang): string {
  return ["decision", "verification", "severity"]
    .flatMap((code) => {
      const value = fields[code];
      return typeof value === "string"
        ? [assessmentWord(code, value, String(fields.kind), lang)]
        : [];
    })
    .join(" · ");
}

export function History({ reports }: { readonly reports: readonly EventReport[] }) {
  const lang = useLang();
  const t = useText();
  return (
    <section class="sheet" data-part="history">
      <h2>{t("event_history")}</h2>
      <ol class="thread">
        {stepsOf(reports).map(({ number, version }) => (
          <li key={`${number} ${version.version}`} data-step={`${number} ${version.version}`}>
            <small>
              <time dateTime={version.assessed}>
                {hourWords(version.assessed, version.hour, lang)}
              </time>{" "}
              · {t("event_report", { number })}
            </small>
            <span>
              <strong>
                <bdi>{version.member}</bdi>
              </strong>{" "}
              {t("event_version", { version: version.version })} {decided(version, lang)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
