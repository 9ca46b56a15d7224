/** Which week: the one before, the one after, or one that is named. Choosing shows it at once. */
import { useId, useState } from "preact/hooks";
import type { SummaryQuestion } from "../api.ts";
import { today } from "../clock.ts";
import { monday, sunday } from "../days.ts";
import { type TextKey, useText } from "../text.ts";
import { isOneWeek, weekName, weekOf, weekTyped } from "./weeks.ts";

interface PickerProps {
  readonly asked: SummaryQuestion;
  readonly onWeek: (asked: SummaryQuestion) => void;
}

function Step({
  name,
  words,
  onPress,
}: {
  readonly name: string;
  readonly words: TextKey;
  readonly onPress: () => void;
}) {
  const t = useText();
  return (
    <button type="button" class="quiet" data-action={name} onClick={onPress}>
      {t(words)}
    </button>
  );
}

/** A week's name, or a day in it, in any digits. What is no week stays as it was typed. */
function WeekField({ asked, onWeek }: PickerProps) {
  const t = useText();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const found = typed === null ? null : weekTyped(typed);
  const isWrong = typed !== null && found === null;
  function choose() {
    if (found === null) return;
    setTyped(null);
    onWeek({ ...asked, from: found, to: sunday(found) });
  }
  return (
    <div class="field">
      <label for={id}>{t("week_field")}</label>
      <input
        id={id}
        dir="ltr"
        class="week"
        value={typed ?? (isOneWeek(asked) ? weekName(asked.to) : "")}
        autocomplete="off"
        aria-invalid={isWrong}
        aria-describedby={`${id}-hint`}
        data-field="week"
        onInput={(event) => setTyped(event.currentTarget.value)}
        onChange={choose}
      />
      <span id={`${id}-hint`} class={isWrong ? "wrong" : "fine"}>
        {t("week_hint")}
      </span>
    </div>
  );
}

export function WeekPicker({ asked, onWeek }: PickerProps) {
  const t = useText();
  const step = (later: number) => onWeek(weekOf(asked, later));
  const current = monday(today());
  return (
    <fieldset class="weeks" data-part="week-picker" data-week={monday(asked.to)}>
      <legend class="unseen">{t("week_legend")}</legend>
      <Step name="week-before" words="week_before" onPress={() => step(-1)} />
      <WeekField asked={asked} onWeek={onWeek} />
      <Step name="week-after" words="week_after" onPress={() => step(1)} />
      {monday(asked.to) !== current && (
        <Step
          name="week-now"
          words="week_now"
          onPress={() => onWeek({ ...asked, from: current, to: sunday(current) })}
        />
      )}
    </fieldset>
  );
}
