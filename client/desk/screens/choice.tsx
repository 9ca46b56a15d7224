/** Choosing among what was assessed, by what was decided. */
import { ALONE, type Choice, codesOf, MINE } from "../choice.ts";
import { useLang, useText } from "../text.ts";
import { assessmentWord } from "../vocabulary.ts";
import { Choose } from "./sieve.tsx";

/** What can be chosen, by the name in a choice. */
function useChoices() {
  const lang = useLang();
  const t = useText();
  const worded = (field: "decision" | "verification" | "flags") =>
    codesOf(field).map((code) => ({ code, label: assessmentWord(field, code, "", lang) }));
  return {
    decision: worded("decision"),
    verification: [...worded("verification"), { code: ALONE, label: t("choice_alone") }],
    flag: worded("flags"),
    mine: [{ code: MINE, label: t("choice_mine") }],
  };
}

const CHOSEN = ["decision", "verification", "flag", "mine"] as const;

export function ChoiceBar({
  choice,
  onChoice,
}: {
  readonly choice: Choice;
  readonly onChoice: (choice: Choice) => void;
}) {
  const t = useText();
  const choices = useChoices();
  return (
    <search class="sieve four" aria-label={t("choice_title")} data-part="choice">
      {CHOSEN.map((name) => (
        <Choose
          key={name}
          name={name}
          label={t(`choice_${name}_label`)}
          choices={choices[name]}
          value={choice[name]}
          onChoose={(value) => onChoice({ ...choice, [name]: value })}
        />
      ))}
    </search>
  );
}
