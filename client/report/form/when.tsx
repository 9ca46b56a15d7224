/** When it happened: an option, or a date in three plain fields that take any digits. */
import type { Field } from "../../shared/vocabulary.ts";
import { draft, edit } from "../actions.ts";
import { clock } from "../clock.ts";
import { strings } from "../words.ts";
import { Option } from "./choices.tsx";
import { Group, PRIVATE } from "./common.tsx";
import { answer, chooseDate, type DateText, optionsOf, setDate } from "./draft.ts";

const DATE = "date";
const DAY_CHARS = 2;
const YEAR_CHARS = 4;

export function WhenField({ field }: { field: Field }) {
  const { code } = field;
  const options = optionsOf(field);
  const value = draft().answers[code];
  const isDate = value !== undefined && (value === DATE || !options.includes(String(value)));
  const choose = (option: string): void =>
    edit(
      option === DATE ? chooseDate(draft(), code, clock.today()) : answer(draft(), code, option),
    );
  return (
    <Group field={field}>
      <div class="options">
        {options.map((option) => (
          <Option
            key={option}
            field={field}
            code={option}
            kind="radio"
            on={option === DATE ? isDate : value === option}
            choose={() => choose(option)}
          />
        ))}
      </div>
      {isDate && <DateInputs field={field} />}
    </Group>
  );
}

function DateInputs({ field }: { field: Field }) {
  const words = strings();
  const typed = draft().dates[field.code] ?? { day: "", month: "", year: "" };
  const set = (part: Partial<DateText>): void =>
    edit(setDate(draft(), field.code, { ...typed, ...part }));
  return (
    <div class="date">
      <Digits label={words.day} max={DAY_CHARS} value={typed.day} set={(day) => set({ day })} />
      <label>
        {words.month}
        <select
          {...PRIVATE}
          value={typed.month}
          onChange={(e) => set({ month: e.currentTarget.value })}
        >
          <option value="" />
          {words.months.map((name, at) => (
            <option key={name} value={String(at + 1)}>
              {`${at + 1} ${name}`}
            </option>
          ))}
        </select>
      </label>
      <Digits
        label={words.year}
        max={YEAR_CHARS}
        value={typed.year}
        set={(year) => set({ year })}
      />
    </div>
  );
}

type DigitsProps = {
  readonly label: string;
  readonly max: number;
  readonly value: string;
  readonly set: (typed: string) => void;
};

function Digits({ label, max, value, set }: DigitsProps) {
  return (
    <label>
      {label}
      <input
        {...PRIVATE}
        type="text"
        inputMode="numeric"
        maxLength={max}
        value={value}
        onInput={(event) => set(event.currentTarget.value)}
      />
    </label>
  );
}
