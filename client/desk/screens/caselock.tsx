/** Who can open a case, and what is shown once when it is made. */
import { useId, useState } from "preact/hooks";
import { useText } from "../text.ts";
import type { Locking, Made } from "../useCase.ts";
import type { WishProps } from "./casewishes.tsx";

const LOCKINGS: readonly Locking[] = ["passphrase", "recipient"];

function Recipient({ wanted, onWanted }: WishProps) {
  const t = useText();
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{t("case_recipient")}</label>
      <textarea
        id={id}
        rows={2}
        dir="ltr"
        required
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        value={wanted.recipient}
        data-field="recipient"
        onInput={(event) => onWanted({ ...wanted, recipient: event.currentTarget.value })}
      />
      <p class="fine">{t("case_recipient_lead")}</p>
    </div>
  );
}

export function Lock(props: WishProps) {
  const t = useText();
  const name = useId();
  const { wanted, onWanted } = props;
  return (
    <>
      <fieldset class="choices">
        <legend>{t("case_lock")}</legend>
        {LOCKINGS.map((locking) => (
          <label key={locking} class="choice">
            <input
              type="radio"
              name={name}
              checked={wanted.locking === locking}
              data-field={`lock-${locking}`}
              onChange={() => onWanted({ ...wanted, locking })}
            />
            {t(`case_lock_${locking}`)}
          </label>
        ))}
      </fieldset>
      {wanted.locking === "recipient" && <Recipient {...props} />}
    </>
  );
}

function Passphrase({ passphrase }: { readonly passphrase: string }) {
  const t = useText();
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard?.writeText(passphrase).then(
      () => setCopied(true),
      () => undefined,
    );
  return (
    <>
      <p>
        {t("case_passphrase")}{" "}
        <code class="raw" dir="ltr" data-part="case-passphrase">
          {passphrase}
        </code>
      </p>
      <p>{t("case_passphrase_once")}</p>
      <div class="actions">
        <button type="button" class="quiet" data-action="copy" onClick={() => void copy()}>
          {t("invite_copy")}
        </button>
        <span role="status" class="area">
          {copied && t("invite_copied")}
        </span>
      </div>
    </>
  );
}

export function MadeNotice({ made: { passphrase } }: { readonly made: Made }) {
  const t = useText();
  return (
    <div class="notice link" role="status" data-part="case-made">
      <p>{t("case_made")}</p>
      {passphrase !== null && <Passphrase passphrase={passphrase} />}
    </div>
  );
}
