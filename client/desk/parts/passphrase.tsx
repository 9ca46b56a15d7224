/** The passphrase's field. Its content stands in the page only, until it is handed to the vault. */
import { useId, useState } from "preact/hooks";
import { useText } from "../text.ts";

/** `again`: typed a second time, so that a slip of the hand is found. */
export function PassphraseField({
  value,
  onInput,
  again = false,
}: {
  readonly value: string;
  readonly again?: boolean;
  readonly onInput: (value: string) => void;
}) {
  const t = useText();
  const id = useId();
  const [shown, setShown] = useState(false);
  return (
    <div class="field">
      <label for={id}>{t(again ? "join_again" : "signin_passphrase")}</label>
      <input
        id={id}
        {...(shown ? ({ type: "text" } as const) : ({ type: "password" } as const))}
        value={value}
        required
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        dir="auto"
        data-field={again ? "passphrase_again" : "passphrase"}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <label class="check">
        <input
          type="checkbox"
          checked={shown}
          data-field={again ? "show_again" : "show_passphrase"}
          onChange={(event) => setShown(event.currentTarget.checked)}
        />
        {t("signin_show")}
      </label>
    </div>
  );
}
