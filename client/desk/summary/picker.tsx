/** Which week: the one before, the one after, or one that is named. Choosing shows it at once. */
import { useId } from "preact/hooks";
import type { SummaryQuestion } from "../api.ts";
import { today } from "../clock.ts";
import { monday, sunday } from "../days.ts";
import { type TextKey, useText } from "../text.ts";
import { isNoWeek, isOneWeek, weekName, weekOf, weekTyped } from "./weeks.ts";

interface PickerProps {
  readonly asked: SummaryQuestion;
  readonly onWeek: (asked: SummaryQuestion) => void;
  /** What stands in the week's field and was not chosen yet, or is no week; null when it says what is asked. */
  readonly typed: string | null;
  readonly onType: (typed: string | null) => void;
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
function WeekField({ asked, onWeek, typed, onType }: PickerProps) {
  const t = useText();
  const id = useId();
  const told = isOneWeek(asked) ? weekName(asked.to) : "";
  const found = typed === null ? null : weekTyped(typed);
  const isWrong = isNoWeek(typed);
  function choose() {
    if (found === null) return;
    onWeek({ ...asked, from: found, to: sunday(found) });
  }
  return (
    <div class="field">
      <label for={id}>{t("week_field")}</label>
      <input
        id={id}
        dir="ltr"
        class="week"
        value={typed ?? told}
        autocomplete="off"
        aria-invalid={isWrong}
        aria-describedby={`${id}-hint`}
        data-field="week"
        onInput={({ currentTarget: { value } }) => onType(value === told ? null : value)}
        onChange={choose}
      />
      <span id={`${id}-hint`} class={isWrong ? "wrong" : "fine"}>
        {t("week_hint")}
      </span>
    </div>
  );
}

export function WeekPicker(props: PickerProps) {
  const { asked, onWeek } = props;
  const t = useText();
  const step = (later: number) => onWeek(weekOf(asked, later));
  const current = monday(today());
  return (
    <fieldset class="weeks" data-part="week-picker" data-week={monday(asked.to)}>
      <legend class="unseen">{t("week_legend")}</legend>
      <Step name="week-before" words="week_before" onPress={() => step(-1)} />
      <WeekField {...props} />
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
