/** Entering a code: in any digits, in any grouping; a slip is named before any work is done. */
import { useEffect, useState } from "preact/hooks";
import { readCode } from "../../shared/code.ts";
import { PRIVATE } from "../form/common.tsx";
import { read } from "../state.ts";
import { fill } from "../words.ts";
import { answerStrings } from "./words.ts";

const FIELD = "code";
const HINT = "code-hint";
const ERROR = "code-error";

type EntryProps = { readonly busy: boolean; readonly look: (code: string) => void };

export function Entry({ busy, look }: EntryProps) {
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const words = answerStrings();
  const type = (text: string): void => {
    setTyped(text);
    setTried(false);
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (slipIn(typed)) document.getElementById(FIELD)?.focus();
    else look(readCode(typed).digits);
  };
  return (
    <>
      <p>{words.text}</p>
      <Known busy={busy} look={look} />
      <form autocomplete="off" noValidate onSubmit={submit}>
        <Field typed={typed} type={type} slip={tried ? slipIn(typed) : ""} />
        <button type="submit" class="main" data-act="look" disabled={busy}>
          {words.look}
        </button>
      </form>
      <p class="notice" role="status">
        {busy && words.working}
      </p>
    </>
  );
}

type FieldProps = {
  readonly typed: string;
  readonly type: (text: string) => void;
  readonly slip: string;
};

/** What was read so far stands below in groups: in the field itself Arabic digits stand as the browser likes. */
function Field({ typed, type, slip }: FieldProps) {
  const words = answerStrings();
  const { digits } = readCode(typed);
  const { annex } = read();
  return (
    <div class="field">
      <label for={FIELD}>{words.label}</label>
      <p class="hint" id={HINT}>
        {words.hint}
      </p>
      <input
        {...PRIVATE}
        id={FIELD}
        inputMode="numeric"
        dir="ltr"
        value={typed}
        aria-describedby={`${HINT} ${ERROR}`}
        aria-invalid={slip !== ""}
        data-code-field
        onInput={({ currentTarget: { value } }) => type(value)}
      />
      {annex && /^\d+$/.test(digits) && (
        <div aria-hidden="true">
          <annex.Digits code={digits} />
        </div>
      )}
      <p class="error" id={ERROR} role="alert" data-slip={slip !== ""}>
        {slip}
      </p>
    </div>
  );
}

/** What is wrong with what was typed, in plain words; empty when it is a code. */
function slipIn(typed: string): string {
  const words = answerStrings();
  const { digits, slip } = readCode(typed);
  if (slip === null) return "";
  return {
    type: words.slipType,
    length: fill(words.slipLength, { n: digits.length }),
    check: words.slipCheck,
  }[slip];
}

/** Codes that need not be typed: what this window knows, and what this phone remembers. */
function Known({ busy, look }: EntryProps) {
  const { annex, code } = read();
  const [kept, setKept] = useState<readonly string[]>([]);
  const words = answerStrings();
  const reload = (): void => void annex?.rememberedCodes().then(setKept);
  useEffect(reload, [annex]);
  const known = [...new Set([code, ...kept])].filter((each) => each !== "");
  return (
    <ol>
      {known.map((each) => (
        <li key={each}>
          <button
            type="button"
            class="second"
            data-act="use-code"
            disabled={busy}
            onClick={() => look(each)}
          >
            {fill(words.use, { end: each.slice(-4) })}
          </button>
          {kept.includes(each) && (
            <button
              type="button"
              class="quiet"
              data-act="forget-code"
              onClick={() => void annex?.forgetCode(each).then(reload)}
            >
              {fill(words.forget, { end: each.slice(-4) })}
            </button>
          )}
        </li>
      ))}
    </ol>
  );
}
