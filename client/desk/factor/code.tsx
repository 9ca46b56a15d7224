/** The field for the six digits of a phone, in whatever digits they are typed. */
import { useId, useState } from "preact/hooks";
import { toLatinDigits } from "../../shared/digits.ts";
import { Problem } from "../api.ts";

const SIX_DIGITS = /^[0-9]{6}$/;
const BETWEEN = /[\s\u200e\u200f-]+/g;

/** The digits as 0 to 9. Problem `code_digits` when they are not six. */
function readCode(typed: string): string {
  const code = toLatinDigits(typed).replace(BETWEEN, "");
  if (!SIX_DIGITS.test(code)) throw new Problem("code_digits");
  return code;
}

export function CodeForm({
  label,
  button,
  busy,
  onSubmit,
}: {
  readonly label: string;
  readonly button: string;
  readonly busy: boolean;
  /** Given what reads the code, which throws Problem `code_digits`. */
  readonly onSubmit: (code: () => string) => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState("");
  return (
    <form
      class="code"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(() => readCode(typed));
      }}
    >
      <div class="field">
        <label for={id}>{label}</label>
        <input
          id={id}
          value={typed}
          required
          dir="ltr"
          inputMode="numeric"
          autocomplete="one-time-code"
          data-field="code"
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      <button type="submit" class="primary" data-action="send-code" aria-disabled={busy}>
        {button}
      </button>
    </form>
  );
}
