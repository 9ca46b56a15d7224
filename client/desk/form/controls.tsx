/** The form's controls: one for each way in which a field can be answered. Every field carries `data-field`. */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { useLang, useText } from "../text.ts";
import { type AssessmentField, fieldLabel, type Option, optionsOf } from "../vocabulary.ts";
import type { Value } from "./body.ts";
import { type Draft, isNeeded, type Problem } from "./draft.ts";

/** What every control gets. `problem` is null until saving was tried. */
export interface ControlProps {
  readonly field: AssessmentField;
  readonly draft: Draft;
  readonly problem: Problem | null;
  readonly onChange: (code: string, value: Value) => void;
}

const textOf = (value: Value | undefined): string => (typeof value === "string" ? value : "");
const kindOf = ({ values }: Draft): string => textOf(values.kind);

/** Where a suggested value came from, or that the field is needed. */
function Hint({ field: { code }, draft }: Pick<ControlProps, "field" | "draft">) {
  const t = useText();
  const { suggested, values } = draft;
  const version = suggested.get(code);
  if (version !== undefined) {
    return (
      <small class="chip told">
        {version > 0 ? t("assess_earlier", { version }) : t("assess_suggested")}
      </small>
    );
  }
  const empty = (values[code] ?? "").length === 0;
  return isNeeded(code, values) && empty ? (
    <small class="needed">{t("assess_required")}</small>
  ) : null;
}

function ProblemText({ id, problem }: { readonly id: string; readonly problem: Problem | null }) {
  const t = useText();
  return problem ? (
    <p id={id} class="wrong">
      {t(`assess_${problem}`)}
    </p>
  ) : null;
}

/** A labelled line: label and hint above, the control, what is wrong below. */
function Line({
  props,
  id,
  children,
}: {
  readonly props: ControlProps;
  readonly id: string;
  readonly children: ComponentChildren;
}) {
  const lang = useLang();
  const { field, draft, problem } = props;
  return (
    <div class="field" data-field={field.code}>
      <span class="label">
        <label for={id}>{fieldLabel(field, lang)}</label> <Hint field={field} draft={draft} />
      </span>
      {children}
      <ProblemText id={`${id}-problem`} problem={problem} />
    </div>
  );
}

/** What a control says of itself to those who hear it. */
const described = (id: string, problem: Problem | null) => ({
  id,
  "aria-invalid": problem !== null,
  ...(problem ? { "aria-describedby": `${id}-problem` } : {}),
});

export function SelectField(props: ControlProps) {
  const lang = useLang();
  const t = useText();
  const id = useId();
  const { field, draft, problem, onChange } = props;
  return (
    <Line props={props} id={id}>
      <select
        {...described(id, problem)}
        value={textOf(draft.values[field.code])}
        autocomplete="off"
        onChange={(event) => onChange(field.code, event.currentTarget.value)}
      >
        <option value="">{t("assess_choose")}</option>
        {optionsOf(field, kindOf(draft), lang).map(({ code, label }) => (
          <option key={code} value={code} data-option={code}>
            {label}
          </option>
        ))}
      </select>
    </Line>
  );
}

export function DateField(props: ControlProps) {
  const id = useId();
  const { field, draft, problem, onChange } = props;
  return (
    <Line props={props} id={id}>
      <input
        {...described(id, problem)}
        type="date"
        value={textOf(draft.values[field.code])}
        autocomplete="off"
        onInput={(event) => onChange(field.code, event.currentTarget.value)}
      />
    </Line>
  );
}

/** A group of radio buttons or check boxes with a legend. */
export function Choices({
  props,
  compact = false,
  children,
}: {
  readonly props: ControlProps;
  readonly compact?: boolean;
  readonly children: ComponentChildren;
}) {
  const lang = useLang();
  const id = useId();
  const { field, draft, problem } = props;
  return (
    <fieldset
      class={compact ? "choices compact" : "choices"}
      data-field={field.code}
      aria-describedby={problem ? `${id}-problem` : undefined}
    >
      <legend>
        {fieldLabel(field, lang)} <Hint field={field} draft={draft} />
      </legend>
      {children}
      <ProblemText id={`${id}-problem`} problem={problem} />
    </fieldset>
  );
}

/** One choice, with its rule below its words. */
export function Choice({
  type,
  name,
  option: { code, label, rule },
  checked,
  onPick,
}: {
  readonly type: "radio" | "checkbox";
  readonly name: string;
  readonly option: Option;
  readonly checked: boolean;
  readonly onPick: () => void;
}) {
  const kind = type === "radio" ? ({ type: "radio" } as const) : ({ type: "checkbox" } as const);
  return (
    <label class="choice" data-option={code}>
      <input
        {...kind}
        name={name}
        value={code}
        checked={checked}
        autocomplete="off"
        onChange={onPick}
      />
      <span>
        {label}
        {rule && <small class="rule">{rule}</small>}
      </span>
    </label>
  );
}

/** `only` narrows the options, for a report that nobody could read. */
export function RadioField(props: ControlProps & { readonly only?: (code: string) => boolean }) {
  const lang = useLang();
  const name = useId();
  const { field, draft, onChange, only = () => true } = props;
  const options = optionsOf(field, kindOf(draft), lang).filter(({ code }) => only(code));
  return (
    <Choices props={props} compact={options.every(({ rule }) => rule === null)}>
      {options.map((option) => (
        <Choice
          key={option.code}
          type="radio"
          name={name}
          option={option}
          checked={draft.values[field.code] === option.code}
          onPick={() => onChange(field.code, option.code)}
        />
      ))}
    </Choices>
  );
}

export function MultiField(props: ControlProps) {
  const lang = useLang();
  const name = useId();
  const { field, draft, onChange } = props;
  const chosen = new Set([draft.values[field.code] ?? []].flat());
  const options = optionsOf(field, kindOf(draft), lang);
  const toggled = (code: string) =>
    options.map((each) => each.code).filter((each) => chosen.has(each) !== (each === code));
  return (
    <Choices props={props} compact>
      {options.map((option) => (
        <Choice
          key={option.code}
          type="checkbox"
          name={name}
          option={option}
          checked={chosen.has(option.code)}
          onPick={() => onChange(field.code, toggled(option.code))}
        />
      ))}
    </Choices>
  );
}

export { described, Line as FieldLine };
