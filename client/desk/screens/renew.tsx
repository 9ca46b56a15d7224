/** The session ended at the server: the passphrase again, in place, with everything behind it kept but covered. */
import { useState } from "preact/hooks";
import { Dialog } from "../parts/dialog.tsx";
import { ProblemNotice, Status } from "../parts/notices.tsx";
import { PassphraseField } from "../parts/passphrase.tsx";
import { codeOf } from "../problems.ts";
import type { Session } from "../session.ts";
import { useText } from "../text.ts";

export function Renew({
  session,
  onSignOut,
}: {
  readonly session: Session;
  readonly onSignOut: () => void;
}) {
  const t = useText();
  const [passphrase, setPassphrase] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await session.renew(passphrase);
    } catch (error) {
      setProblem(codeOf(error));
    }
    setBusy(false);
  }

  return (
    <Dialog title={t("renew_title")} screen="renew" cover>
      <form autocomplete="off" onSubmit={submit}>
        <p>{t("renew_lead")}</p>
        <p class="who">
          {t("signin_name")}: <bdi>{session.member.name}</bdi>
        </p>
        <PassphraseField value={passphrase} onInput={setPassphrase} />
        <ProblemNotice code={problem} />
        <div class="actions">
          <button type="submit" class="primary" data-action="renew" aria-disabled={busy}>
            {t("renew_button")}
          </button>
          <button type="button" class="quiet" data-action="sign-out" onClick={onSignOut}>
            {t("sign_out")}
          </button>
        </div>
        <Status>{busy && t("signin_stretching")}</Status>
      </form>
    </Dialog>
  );
}
