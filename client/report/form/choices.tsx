/** Questions answered by tapping: one option, or several. */
import type { Field } from "../../shared/vocabulary.ts";
import { draft, edit } from "../actions.ts";
import { hasIcon, Icon } from "../icons.tsx";
import { count, labels, strings } from "../words.ts";
import { Group, PRIVATE } from "./common.tsx";
import { answer, chosenIn, isFull, isRequired, optionsOf, toggle } from "./draft.ts";

type OptionProps = {
  readonly field: Field;
  readonly code: string;
  readonly kind: "radio" | "checkbox";
  readonly on: boolean;
  readonly off?: boolean;
  readonly choose: () => void;
};

/** One thing to tap. The whole box is the target. */
export function Option({ field, code, kind, on, off = false, choose }: OptionProps) {
  return (
    <label class={classOf(code, on)} data-option={code}>
      <input
        type={kind}
        name={field.code}
        value={code}
        checked={on}
        disabled={off}
        onChange={choose}
        {...PRIVATE}
      />
      <Icon name={code} />
      <span>{labels().options[field.options ?? ""]?.[code] ?? code}</span>
    </label>
  );
}

/** A drawing takes the place of the browser's own circle or box, and a tick says what is chosen. */
const classOf = (code: string, on: boolean): string =>
  ["option", hasIcon(code) && "drawn", on && "on"].filter(Boolean).join(" ");

export function ChoiceField({ field }: { field: Field }) {
  const { code } = field;
  const value = draft().answers[code];
  return (
    <Group field={field}>
      <div class="options">
        {optionsOf(field).map((option) => (
          <Option
            key={option}
            field={field}
            code={option}
            kind="radio"
            on={value === option}
            choose={() => edit(answer(draft(), code, option))}
          />
        ))}
      </div>
      <Clear field={field} />
    </Group>
  );
}

/** An optional answer can be taken back. */
export function Clear({ field }: { field: Field }) {
  const { code } = field;
  if (isRequired(field) || draft().answers[code] === undefined) return null;
  return (
    <button type="button" class="quiet" onClick={() => edit(answer(draft(), code, undefined))}>
      {strings().clear}
    </button>
  );
}

export function MultiField({ field }: { field: Field }) {
  const chosen = chosenIn(draft(), field);
  const full = isFull(draft(), field);
  const hint = field.max ? count(strings().upTo, field.max) : "";
  return (
    <Group field={field} hint={hint}>
      <div class="options">
        {optionsOf(field).map((option) => (
          <Option
            key={option}
            field={field}
            code={option}
            kind="checkbox"
            on={chosen.includes(option)}
            off={full && !chosen.includes(option)}
            choose={() => edit(toggle(draft(), field, option))}
          />
        ))}
      </div>
    </Group>
  );
}
