/** The session ended at the server: the passphrase again, in place, with everything behind it kept but covered. */
import { useState } from "preact/hooks";
import { AskedPart, askedTitle } from "../factor/asked.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { ProblemNotice, Status } from "../parts/notices.tsx";
import { PassphraseField } from "../parts/passphrase.tsx";
import { codeOf } from "../problems.ts";
import type { Session } from "../session.ts";
import { useText } from "../text.ts";
import { shownProblem, useAsks } from "../useAsks.ts";

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
  const { asked, asks, finish } = useAsks();

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await session.renew(passphrase, asks);
    } catch (error) {
      setProblem(shownProblem(codeOf(error)));
    }
    finish();
    setBusy(false);
  }

  if (asked) {
    return (
      <Dialog key="asked" title={t(askedTitle(asked))} screen="renew" cover>
        <AskedPart asked={asked} />
      </Dialog>
    );
  }
  return (
    <Dialog key="passphrase" title={t("renew_title")} screen="renew" cover>
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
