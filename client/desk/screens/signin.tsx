/** Signing in: name and passphrase; the vault derives the rest. */
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { AskedPart, askedTitle } from "../factor/asked.tsx";
import { CONTENT } from "../parts/focus.ts";
import { Heading } from "../parts/heading.tsx";
import { ProblemNotice, Status } from "../parts/notices.tsx";
import { PassphraseField } from "../parts/passphrase.tsx";
import { codeOf } from "../problems.ts";
import { type Asks, Session } from "../session.ts";
import { type TextKey, useText } from "../text.ts";
import { type Asked, shownProblem, useAsks } from "../useAsks.ts";
import { startVault } from "../vault/start.ts";

/** A session, or the code of what went wrong; the vault of a failed try is closed. */
async function trySignIn(name: string, passphrase: string, asks: Asks): Promise<Session | string> {
  const vault = startVault();
  try {
    return await Session.open(vault, name, passphrase, asks);
  } catch (error) {
    vault.close();
    return codeOf(error);
  }
}

function NameField({
  value,
  onInput,
}: {
  readonly value: string;
  readonly onInput: (value: string) => void;
}) {
  const t = useText();
  const id = useId();
  const element = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => element.current?.focus(), []);
  return (
    <div class="field">
      <label for={id}>{t("signin_name")}</label>
      <input
        ref={element}
        id={id}
        value={value}
        required
        dir="auto"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        data-field="name"
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  );
}

/** What is asked after the passphrase, in its place. */
function AskedScreen({ asked }: { readonly asked: Asked }) {
  const t = useText();
  return (
    <main id={CONTENT} tabIndex={-1} class="signin" data-screen={asked.kind}>
      <div class="sheet">
        <Heading>{t(askedTitle(asked))}</Heading>
        <AskedPart asked={asked} />
      </div>
    </main>
  );
}

/** `notice` says why the last session ended. */
export function SignIn({
  notice,
  onSession,
}: {
  readonly notice: TextKey | null;
  readonly onSession: (session: Session) => void;
}) {
  const t = useText();
  const [name, setName] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { asked, asks, finish } = useAsks();

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const result = await trySignIn(name.trim(), passphrase, asks);
    setBusy(false);
    finish();
    if (typeof result === "string") return setProblem(shownProblem(result));
    onSession(result);
  }

  if (asked) return <AskedScreen asked={asked} />;

  return (
    <main id={CONTENT} tabIndex={-1} class="signin" data-screen="signin">
      <form class="sheet" autocomplete="off" onSubmit={submit}>
        <Heading>{t("signin_title")}</Heading>
        <p class="lead">{t("signin_lead")}</p>
        {notice && <p class="notice">{t(notice)}</p>}
        <NameField value={name} onInput={setName} />
        <PassphraseField value={passphrase} onInput={setPassphrase} />
        <ProblemNotice code={problem} />
        <button type="submit" class="primary" data-action="sign-in" aria-disabled={busy}>
          {t("signin_button")}
        </button>
        <Status>{busy && t("signin_stretching")}</Status>
        <p class="fine">{t("signin_reload")}</p>
        <p class="fine">{t("signin_pass")}</p>
      </form>
    </main>
  );
}
