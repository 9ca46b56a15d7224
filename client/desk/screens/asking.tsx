/** What a summary is asked for: weeks, for whom, by which areas. */
import { useId, useState } from "preact/hooks";
import { isDay } from "../../shared/days.ts";
import type { SummaryQuestion } from "../api.ts";
import { today } from "../clock.ts";
import { monday, sunday } from "../days.ts";
import { WeekPicker } from "../summary/picker.tsx";
import { type TextKey, useText } from "../text.ts";

export const TIERS = ["internal", "partners", "public"] as const;
export type Tier = (typeof TIERS)[number];
const AREAS = ["adm1", "adm2", "adm3"] as const;
/** The public is told of districts at the finest. */
const PUBLIC_AREAS: readonly string[] = ["adm1", "adm2"];

/** The same of whole weeks around the chosen days; null when they are no range. */
export const wholeWeeks = (asked: SummaryQuestion): SummaryQuestion | null =>
  isDay(asked.from) && isDay(asked.to) && asked.from <= asked.to
    ? { ...asked, from: monday(asked.from), to: sunday(asked.to) }
    : null;

/** What is shown first: this week, for members. */
export const lately = (): SummaryQuestion => ({
  from: monday(today()),
  to: sunday(today()),
  tier: "internal",
  area: "adm2",
});

interface Field {
  readonly name: TextKey;
  readonly code: keyof SummaryQuestion;
  readonly asked: SummaryQuestion;
  readonly onAsk: (asked: SummaryQuestion) => void;
}

function DayField({ name, code, asked, onAsk }: Field) {
  const t = useText();
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{t(name)}</label>
      <input
        id={id}
        type="date"
        value={asked[code]}
        autocomplete="off"
        data-field={code}
        onInput={(event) => onAsk({ ...asked, [code]: event.currentTarget.value })}
      />
    </div>
  );
}

function ChoiceField({
  name,
  code,
  asked,
  onAsk,
  choices,
}: Field & { readonly choices: readonly (readonly [string, TextKey])[] }) {
  const t = useText();
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{t(name)}</label>
      <select
        id={id}
        value={asked[code]}
        autocomplete="off"
        data-field={code}
        onChange={(event) => onAsk({ ...asked, [code]: event.currentTarget.value })}
      >
        {choices.map(([value, word]) => (
          <option key={value} value={value}>
            {t(word)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A question that can be answered, also after another tier was chosen. */
export const possible = (asked: SummaryQuestion): SummaryQuestion =>
  asked.tier === "public" && !PUBLIC_AREAS.includes(asked.area)
    ? { ...asked, area: "adm2" }
    : asked;

function Fields({ asked, onAsk }: Pick<Field, "asked" | "onAsk">) {
  const areas = AREAS.filter((area) => asked.tier !== "public" || PUBLIC_AREAS.includes(area));
  return (
    <>
      <ChoiceField
        name="summary_tier"
        code="tier"
        asked={asked}
        onAsk={(next) => onAsk(possible(next))}
        choices={TIERS.map((tier) => [tier, `tier_${tier}`])}
      />
      <ChoiceField
        name="summary_area"
        code="area"
        asked={asked}
        onAsk={onAsk}
        choices={areas.map((area) => [area, `area_${area}`])}
      />
    </>
  );
}

/** More than one week, for those who want it. */
function RangeFields({ asked, onAsk }: Pick<Field, "asked" | "onAsk">) {
  const t = useText();
  return (
    <details class="rule" data-part="range">
      <summary>{t("week_range")}</summary>
      <div class="bar choose">
        <DayField name="summary_from" code="from" asked={asked} onAsk={onAsk} />
        <DayField name="summary_to" code="to" asked={asked} onAsk={onAsk} />
      </div>
    </details>
  );
}

/** Showing, which is the preview of the files as well, and taking them out: what leaves, by whoever may release it. */
export function Choose({
  onShow,
  onDownload,
  mayRelease,
  busy,
}: {
  readonly onShow: (asked: SummaryQuestion) => void;
  readonly onDownload: (asked: SummaryQuestion) => void;
  readonly mayRelease: boolean;
  readonly busy: boolean;
}) {
  const t = useText();
  const [asked, setAsked] = useState<SummaryQuestion>(lately);
  const weeks = wholeWeeks(asked);
  const onWeek = (next: SummaryQuestion) => {
    setAsked(next);
    onShow(next);
  };
  return (
    <form
      class="bar choose"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (weeks) onShow(weeks);
      }}
    >
      <WeekPicker asked={weeks ?? lately()} onWeek={onWeek} />
      <Fields asked={asked} onAsk={setAsked} />
      <button type="submit" class="primary" data-action="show" disabled={busy || !weeks}>
        {t("summary_show")}
      </button>
      {mayRelease || asked.tier === "internal" ? (
        <Download weeks={weeks} busy={busy} onDownload={onDownload} />
      ) : (
        <p class="fine" role="status" data-part="not-yours">
          {t("summary_not_yours")}
        </p>
      )}
      <RangeFields asked={asked} onAsk={setAsked} />
      {!weeks && (
        <p class="wrong" role="status">
          {t("summary_range_wrong")}
        </p>
      )}
    </form>
  );
}

function Download({
  weeks,
  busy,
  onDownload,
}: {
  readonly weeks: SummaryQuestion | null;
  readonly busy: boolean;
  readonly onDownload: (asked: SummaryQuestion) => void;
}) {
  const t = useText();
  return (
    <button
      type="button"
      class="quiet"
      data-action="download"
      disabled={busy || !weeks}
      onClick={() => weeks && onDownload(weeks)}
    >
      {t("summary_download")}
    </button>
  );
}
