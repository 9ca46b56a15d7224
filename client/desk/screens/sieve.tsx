/** Choosing what of the queue is shown. */
import { useId } from "preact/hooks";
import { areaName } from "../areas.ts";
import { dayWords } from "../days.ts";
import { isOpen, NOWHERE, OPEN, type Sieve, SPANS } from "../sieve.ts";
import { type Lang, useLang, useText } from "../text.ts";
import { MARKS } from "../urgency.ts";
import { KINDS, kindName } from "../vocabulary.ts";

/** The field that the key `/` leads to. */
export const SEARCH = "search";

type Take = (value: string) => void;

interface Option {
  readonly code: string;
  readonly label: string;
}

/** One choice among some, or none. */
export function Choose({
  name,
  label,
  choices,
  value,
  onChoose,
}: {
  readonly name: string;
  readonly label: string;
  readonly choices: readonly Option[];
  readonly value: string;
  readonly onChoose: Take;
}) {
  const t = useText();
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        autocomplete="off"
        data-field={`sieve-${name}`}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        <option value="">{t("sieve_any")}</option>
        {choices.map(({ code, label }) => (
          <option key={code} value={code}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** The districts by name, and at the end those reports that name none. */
function areaChoices(codes: readonly string[], lang: Lang, nowhere: string): Option[] {
  const named = codes.filter((code) => code !== NOWHERE);
  const choices = named.map((code) => ({ code, label: areaName(code, lang) }));
  choices.sort((one, other) => one.label.localeCompare(other.label, lang));
  return codes.includes(NOWHERE) ? [...choices, { code: NOWHERE, label: nowhere }] : choices;
}

function Words({ value, onInput }: { readonly value: string; readonly onInput: Take }) {
  const t = useText();
  return (
    <div class="field">
      <label for={SEARCH}>{t("sieve_words")}</label>
      <input
        id={SEARCH}
        type="search"
        dir="auto"
        value={value}
        autocomplete="off"
        spellcheck={false}
        data-field="sieve-words"
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  );
}

/** What can be chosen, by the name in a sieve. */
function useChoices(known: readonly string[], chosen: string) {
  const lang = useLang();
  const t = useText();
  const areas = new Set([...known, ...(chosen === "" ? [] : [chosen])]);
  return {
    kind: KINDS.map((code) => ({ code, label: kindName(code, lang) })),
    area: areaChoices([...areas], lang, t("row_no_place")),
    mark: MARKS.map((code) => ({ code, label: t(`urgency_${code}`) })),
    days: SPANS.map((span) => ({ code: String(span), label: t(`sieve_days_${span}`) })),
  };
}

/** The day that was chosen among those of what happened, and the way back from it. */
function OnDay({ day, onClear }: { readonly day: string; readonly onClear: () => void }) {
  const lang = useLang();
  const t = useText();
  if (day === "") return null;
  const words = day === NOWHERE ? t("days_unknown") : dayWords(day, lang);
  return (
    <p class="on-day" data-on={day}>
      {t("sieve_on", { day: words })}{" "}
      <button type="button" class="quiet" data-action="clear-day" onClick={onClear}>
        {t("sieve_on_clear")}
      </button>
    </p>
  );
}

const CHOSEN = ["kind", "area", "mark", "days"] as const;
type Chosen = (typeof CHOSEN)[number];

/** `areas` are the districts of all that could be shown; `fields` those that are asked, all and the words unless given. */
export function SieveBar({
  sieve,
  areas,
  fields,
  onSieve,
}: {
  readonly sieve: Sieve;
  readonly areas: readonly string[];
  readonly fields?: readonly Chosen[];
  readonly onSieve: (sieve: Sieve) => void;
}) {
  const t = useText();
  const choices = useChoices(areas, sieve.area);
  const take = (name: keyof Sieve) => (value: string) => onSieve({ ...sieve, [name]: value });
  return (
    <search class="sieve">
      {!fields && <Words value={sieve.words} onInput={take("words")} />}
      {(fields ?? CHOSEN).map((name) => (
        <Choose
          key={name}
          name={name}
          label={t(`sieve_${name}`)}
          choices={choices[name]}
          value={sieve[name]}
          onChoose={take(name)}
        />
      ))}
      {!isOpen(sieve) && (
        <button type="button" class="quiet" data-action="clear" onClick={() => onSieve(OPEN)}>
          {t("sieve_clear")}
        </button>
      )}
      <OnDay day={sieve.on} onClear={() => take("on")("")} />
    </search>
  );
}
