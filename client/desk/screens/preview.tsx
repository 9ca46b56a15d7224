/** What a table leaves out, before its file leaves: counts for members' eyes, none of them in the file. */
import type { Summary } from "../answers.ts";
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
