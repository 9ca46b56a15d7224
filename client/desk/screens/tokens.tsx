/** For administrators: programs that read figures, each by a token of one tier. */
import { useState } from "preact/hooks";
import type { KnownToken } from "../answers.ts";
import { dayWords } from "../days.ts";
import { Dialog } from "../parts/dialog.tsx";
import { ProblemNotice, Status } from "../parts/notices.tsx";
import { sayIfKnown, useLang, useText } from "../text.ts";
import { isOver, type MadeToken, type Tokens } from "../useTokens.ts";
import { MakeToken } from "./maketoken.tsx";

/** Where programs ask. */
const address = (): string =>
  `${location.origin}/api/v1/bi/summary.csv?from=YYYY-MM-DD&to=YYYY-MM-DD`;

function Made({ made: { name, token } }: { readonly made: MadeToken }) {
  const t = useText();
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard?.writeText(token).then(
      () => setCopied(true),
      () => undefined,
    );
  return (
    <div class="notice link" role="status" data-part="made-token">
      <p>
        {t("tokens_ready")} <bdi>{name}</bdi>
      </p>
      <code class="raw" dir="ltr" data-part="token">
        {token}
      </code>
      <p class="fine">{t("tokens_once")}</p>
      <code class="raw" dir="ltr">
        {address()}
      </code>
      <div class="actions">
        <button type="button" class="quiet" data-action="copy" onClick={() => void copy()}>
          {t("tokens_copy")}
        </button>
        <span role="status" class="area">
          {copied && t("invite_copied")}
        </span>
      </div>
    </div>
  );
}

function Revoke({
  token,
  tokens,
  onClose,
}: {
  readonly token: KnownToken;
  readonly tokens: Tokens;
  readonly onClose: () => void;
}) {
  const t = useText();
  return (
    <Dialog
      title={t("tokens_revoke_title", { name: token.name })}
      screen="revoke"
      onEscape={onClose}
    >
      <p>{t("tokens_revoke_lead")}</p>
      <div class="actions">
        <button
          type="button"
          class="primary"
          data-action="confirm-revoke"
          onClick={() => {
            onClose();
            tokens.revoke(token.id);
          }}
        >
          {t("tokens_revoke")}
        </button>
        <button type="button" class="quiet" data-action="keep" onClick={onClose}>
          {t("tokens_keep")}
        </button>
      </div>
    </Dialog>
  );
}

function Line({ token, tokens }: { readonly token: KnownToken; readonly tokens: Tokens }) {
  const lang = useLang();
  const t = useText();
  const [revoking, setRevoking] = useState(false);
  const { name, tier, until, used, made_by } = token;
  const day = (value: string) => dayWords(value, lang);
  return (
    <li data-token={name} data-tier={tier}>
      <strong>
        <bdi>{name}</bdi>
      </strong>{" "}
      · {sayIfKnown(lang, `tier_${tier}`) ?? tier}
      {until !== null && ` · ${t("tokens_until", { day: day(until) })}`}
      {" · "}
      {made_by === null ? t("tokens_by_nobody") : t("tokens_by", { name: made_by })}
      {" · "}
      {used === null ? t("tokens_unused") : t("tokens_used", { day: day(used) })}{" "}
      {isOver(token) && <span class="chip odd">{t("tokens_ended")}</span>}{" "}
      <button
        type="button"
        class="quiet"
        data-action="revoke"
        aria-disabled={tokens.busy}
        onClick={() => setRevoking(true)}
      >
        {t("tokens_revoke")}
      </button>
      {revoking && <Revoke {...{ token, tokens }} onClose={() => setRevoking(false)} />}
    </li>
  );
}

export function TokensPart({ tokens }: { readonly tokens: Tokens }) {
  const t = useText();
  const { known, made, busy, problem } = tokens;
  return (
    <section class="invite" data-part="tokens" aria-busy={busy}>
      <h2>{t("tokens_title")}</h2>
      <p class="fine">{t("tokens_lead")}</p>
      <ul class="said-list">
        {known.map((token) => (
          <Line key={token.id} {...{ token, tokens }} />
        ))}
      </ul>
      <MakeToken busy={busy} onMake={tokens.make} />
      <ProblemNotice code={problem} onRetry={tokens.look} />
      <Status>{busy && t("loading")}</Status>
      {made && <Made key={made.token} made={made} />}
    </section>
  );
}
