/** Asking for a summary: weeks, for whom, by which areas. */
import { useId, useState } from "preact/hooks";
import type { SummaryQuestion } from "../api.ts";
import { WeekPicker } from "../summary/picker.tsx";
import {
  isOutside,
  lately,
  PUBLIC_AREAS,
  possible,
  TIERS,
  wholeWeeks,
} from "../summary/question.ts";
import { isNoWeek } from "../summary/weeks.ts";
import { type TextKey, useText } from "../text.ts";
import { TakeOut } from "./takeout.tsx";

const AREAS = ["adm1", "adm2", "adm3"] as const;

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

interface ChooseProps {
  /** What the summary on the screen answers. */
  readonly shown: SummaryQuestion | null;
  readonly onShow: (asked: SummaryQuestion) => void;
  readonly onDownload: (asked: SummaryQuestion) => void;
  readonly mayRelease: boolean;
  readonly busy: boolean;
}

/** What is asked for, and what stands in the week's field meanwhile. */
function useAsked() {
  const [asked, setAsked] = useState<SummaryQuestion>(lately);
  const [typed, onType] = useState<string | null>(null);
  const weeks = wholeWeeks(asked);
  return {
    asked,
    typed,
    onType,
    weeks,
    showable: isNoWeek(typed) ? null : weeks,
    /** What is asked for now, in whichever field, takes the place of what was typed. */
    onAsk: (next: SummaryQuestion) => {
      onType(null);
      setAsked(next);
    },
  };
}

/** Showing, which is the preview of the files as well, and taking them out: what leaves, by whoever may release it. */
export function Choose({ shown, onShow, onDownload, mayRelease, busy }: ChooseProps) {
  const t = useText();
  const { asked, typed, onType, weeks, showable, onAsk } = useAsked();
  const onWeek = (next: SummaryQuestion) => {
    onAsk(next);
    onShow(next);
  };
  return (
    <form
      class="bar choose"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (showable) onShow(showable);
      }}
    >
      <WeekPicker asked={weeks ?? lately()} onWeek={onWeek} typed={typed} onType={onType} />
      <Fields asked={asked} onAsk={onAsk} />
      <button type="submit" class="primary" data-action="show" disabled={busy || !showable}>
        {t("summary_show")}
      </button>
      {mayRelease || !isOutside(asked) ? (
        <TakeOut asked={typed === null ? weeks : null} {...{ shown, busy, onDownload }} />
      ) : (
        <p class="fine" role="status" data-part="not-yours">
          {t("summary_not_yours")}
        </p>
      )}
      <RangeFields asked={asked} onAsk={onAsk} />
      {!weeks && (
        <p class="wrong" role="status">
          {t("summary_range_wrong")}
        </p>
      )}
    </form>
  );
}
