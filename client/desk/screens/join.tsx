/** For somebody who was invited: choosing a passphrase makes a member's keys, here; then the digits are read out. */
import { useRef, useState } from "preact/hooks";
import type { Joined } from "../answers.ts";
import { joinDesk, Problem } from "../api.ts";
import { passphraseProblem } from "../joining.ts";
import { Digits } from "../parts/digits.tsx";
import { CONTENT } from "../parts/focus.ts";
import { Heading } from "../parts/heading.tsx";
import { ProblemNotice, Status } from "../parts/notices.tsx";
import { PassphraseField } from "../parts/passphrase.tsx";
import { codeOf } from "../problems.ts";
import { sayIfKnown, useLang, useText } from "../text.ts";
import type { Tasks } from "../vault/messages.ts";
import { startVault } from "../vault/start.ts";

type Enrolled = Tasks["enrol"]["answer"];

/** Makes the keys in a vault of their own, which ends at once. */
async function makeKeys(passphrase: string): Promise<Enrolled> {
  const vault = startVault();
  try {
    return await vault.ask("enrol", { passphrase });
  } finally {
    vault.close();
  }
}

function joinProblem(error: unknown): string {
  const isWorthless = error instanceof Problem && error.code === "not_found";
  return isWorthless ? "invitation" : codeOf(error);
}

/** Joining, as often as it takes: the same passphrase is sent with the same keys, which the server knows again. */
function useJoining(token: string) {
  const made = useRef<{ readonly passphrase: string; readonly keys: Enrolled } | null>(null);
  const [joined, setJoined] = useState<(Joined & { readonly digits: string }) | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function enter(passphrase: string): Promise<void> {
    if (made.current?.passphrase !== passphrase)
      made.current = { passphrase, keys: await makeKeys(passphrase) };
    const { keys } = made.current;
    setJoined({ ...(await joinDesk(token, keys)), digits: keys.digits });
    made.current = null;
  }

  async function join(passphrase: string, again: string): Promise<void> {
    if (busy) return;
    const wrong = passphraseProblem(passphrase, again);
    setProblem(wrong);
    if (wrong !== null) return;
    setBusy(true);
    await enter(passphrase).catch((error) => setProblem(joinProblem(error)));
    setBusy(false);
  }
  return { joined, busy, problem, join };
}

function Done({
  joined,
  onSignIn,
}: {
  readonly joined: Joined & { readonly digits: string };
  readonly onSignIn: () => void;
}) {
  const t = useText();
  const lang = useLang();
  return (
    <main id={CONTENT} tabIndex={-1} class="signin" data-screen="joined">
      <article class="sheet">
        <Heading>{t("joined_title")}</Heading>
        <dl>
          <div class="pair">
            <dt>{t("signin_name")}</dt>
            <dd data-part="name">
              <bdi>{joined.name}</bdi>
            </dd>
          </div>
          <div class="pair">
            <dt>{t("about_role")}</dt>
            <dd>{sayIfKnown(lang, `role_${joined.role}`) ?? joined.role}</dd>
          </div>
        </dl>
        <p>{t("joined_lead")}</p>
        <Digits digits={joined.digits} />
        <p class="fine">{t("joined_then")}</p>
        <button type="button" class="primary" data-action="to-signin" onClick={onSignIn}>
          {t("joined_button")}
        </button>
      </article>
    </main>
  );
}

/** `forget` leads to the sign-in. */
export function Join({ token, forget }: { readonly token: string; readonly forget: () => void }) {
  const t = useText();
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const { joined, busy, problem, join } = useJoining(token);
  if (joined !== null) return <Done joined={joined} onSignIn={forget} />;
  function submit(event: SubmitEvent) {
    event.preventDefault();
    void join(passphrase, again);
  }
  return (
    <main id={CONTENT} tabIndex={-1} class="signin" data-screen="join">
      <form class="sheet" autocomplete="off" onSubmit={submit}>
        <Heading>{t("join_title")}</Heading>
        <p class="lead">{t("join_lead")}</p>
        <PassphraseField value={passphrase} onInput={setPassphrase} />
        <p class="fine">{t("join_rule")}</p>
        <PassphraseField again value={again} onInput={setAgain} />
        <ProblemNotice code={problem} />
        <button type="submit" class="primary" data-action="join" aria-disabled={busy}>
          {t("join_button")}
        </button>
        <Status>{busy && t("join_making")}</Status>
      </form>
    </main>
  );
}
