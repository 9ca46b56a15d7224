/** Inviting: a name and a role make a link, which is shown once. */
import { useId, useState } from "preact/hooks";
import { inviteMember } from "../api.ts";
import { joinLink } from "../joining.ts";
import { ProblemNotice, Status } from "../parts/notices.tsx";
import { codeOf } from "../problems.ts";
import type { Session } from "../session.ts";
import { say, useLang, useText } from "../text.ts";

const ROLES = ["reviewer", "coordinator", "administrator"] as const;

interface Made {
  readonly name: string;
  readonly link: string;
}

function Link({ made: { name, link } }: { readonly made: Made }) {
  const t = useText();
  const id = useId();
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard?.writeText(link).then(
      () => setCopied(true),
      () => undefined,
    );
  return (
    <div class="notice link" data-part="link">
      <label for={id}>
        {t("invite_ready")} <bdi>{name}</bdi>
      </label>
      <input
        id={id}
        value={link}
        readOnly
        dir="ltr"
        autocomplete="off"
        data-field="link"
        onFocus={(event) => event.currentTarget.select()}
      />
      <p class="fine">{t("invite_once")}</p>
      <div class="actions">
        <button type="button" class="quiet" data-action="copy" onClick={() => void copy()}>
          {t("invite_copy")}
        </button>
        <span role="status" class="area">
          {copied && t("invite_copied")}
        </span>
      </div>
    </div>
  );
}

function RoleField({
  value,
  onInput,
}: {
  readonly value: string;
  readonly onInput: (role: string) => void;
}) {
  const t = useText();
  const lang = useLang();
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{t("about_role")}</label>
      <select
        id={id}
        value={value}
        autocomplete="off"
        data-field="role"
        onChange={(event) => onInput(event.currentTarget.value)}
      >
        {ROLES.map((role) => (
          <option key={role} value={role}>
            {say(lang, `role_${role}`)}
          </option>
        ))}
      </select>
      <p class="fine">{t(`invite_${value as (typeof ROLES)[number]}`)}</p>
    </div>
  );
}

function NameField({
  value,
  onInput,
}: {
  readonly value: string;
  readonly onInput: (name: string) => void;
}) {
  const t = useText();
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{t("signin_name")}</label>
      <input
        id={id}
        value={value}
        required
        maxLength={64}
        dir="auto"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        data-field="new-name"
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  );
}

function useInviting({ access }: Session, onInvited: () => void) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [made, setMade] = useState<Made | null>(null);
  async function invite(name: string, role: string): Promise<void> {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    setMade(null);
    try {
      setMade({ name, link: joinLink(await inviteMember(access, name, role)) });
      onInvited();
    } catch (error) {
      const code = codeOf(error);
      setProblem(code === "conflict" ? "name_taken" : code);
    }
    setBusy(false);
  }
  return { busy, problem, made, invite };
}

export function Invite({
  session,
  onInvited,
}: {
  readonly session: Session;
  readonly onInvited: () => void;
}) {
  const t = useText();
  const [name, setName] = useState("");
  const [role, setRole] = useState<string>(ROLES[0]);
  const { busy, problem, made, invite } = useInviting(session, onInvited);
  function submit(event: SubmitEvent) {
    event.preventDefault();
    void invite(name.trim(), role);
  }
  return (
    <form class="invite" autocomplete="off" onSubmit={submit}>
      <h2>{t("invite_title")}</h2>
      <NameField value={name} onInput={setName} />
      <RoleField value={role} onInput={setRole} />
      <ProblemNotice code={problem} />
      <div class="actions">
        <button type="submit" class="primary" data-action="invite" aria-disabled={busy}>
          {t("invite_button")}
        </button>
      </div>
      <Status>{busy && t("loading")}</Status>
      {made && <Link key={made.link} made={made} />}
    </form>
  );
}
