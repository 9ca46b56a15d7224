/** What a table leaves out, before its file leaves: counts for members' eyes, none of them in the file. */

import type { Summary } from "../answers.ts";
import { Wide } from "../parts/wide.tsx";
import type { Tier } from "../summary/question.ts";
import { type TextKey, useText } from "../text.ts";

const COUNTS: readonly (readonly [TextKey, keyof Summary & string])[] = [
  ["summary_in", "reports_in"],
  ["summary_cleared", "reports_cleared"],
  ["summary_shown", "reports_shown"],
  ["summary_hidden", "withheld"],
  ["summary_revised", "revised"],
  ["summary_kept", "kept"],
];

export function Preview({ summary }: { readonly summary: Summary }) {
  const t = useText();
  const { tier, delay_days } = summary;
  if (tier === "internal") return null;
  return (
    <div class="rule" data-part="preview" data-tier={tier}>
      <p>{t("summary_preview")}</p>
      <dl>
        {COUNTS.map(([name, code]) => (
          <div key={code} data-count={code}>
            <dt>{t(name)}</dt>
            <dd>
              <bdi>{String(summary[code])}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {delay_days > 0 && <p class="fine">{t("summary_delay", { days: delay_days })}</p>}
      <p class="fine">{t("summary_once")}</p>
    </div>
  );
}

/** What was counted, in every tier, and how much of the table is shown and withheld. */
const IN_TIERS: readonly (readonly [TextKey, (summary: Summary) => number])[] = [
  ["tiers_rows", ({ cells }) => cells.filter(({ suppressed }) => !suppressed).length],
  ["tiers_withheld", ({ cells }) => cells.filter(({ suppressed }) => suppressed).length],
  ["tiers_totals", ({ totals }) => totals.filter(({ suppressed }) => suppressed).length],
  ["tiers_in", ({ reports_cleared }) => reports_cleared],
  ["tiers_shown", ({ reports_shown }) => reports_shown],
];

/** Whether none of the weeks may leave yet: nothing is counted then, which is not nothing. */
const isUntold = ({ cells, totals, untold }: Summary): boolean =>
  untold.length > 0 && cells.length + totals.length === 0;

/** The tiers side by side, before anything leaves. */
export function Tiers({
  tiers,
  chosen,
}: {
  readonly tiers: readonly Summary[];
  readonly chosen: string;
}) {
  const t = useText();
  return (
    <section data-part="tiers">
      <h2>{t("tiers_title")}</h2>
      <p class="fine">{t("tiers_lead")}</p>
      <Wide label={t("tiers_title")}>
        <table class="tallies tiers">
          <caption class="unseen">{t("tiers_title")}</caption>
          <thead>
            <tr>
              <td />
              {tiers.map(({ tier }) => (
                <th key={tier} scope="col" aria-current={tier === chosen}>
                  {t(`tier_${tier as Tier}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {IN_TIERS.map(([name, read]) => (
              <tr key={name}>
                <th scope="row">{t(name)}</th>
                {tiers.map((summary) => (
                  <td key={summary.tier} data-tier={summary.tier} data-count={name.slice(6)}>
                    {isUntold(summary) ? t("figure_untold") : read(summary)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </section>
  );
}
