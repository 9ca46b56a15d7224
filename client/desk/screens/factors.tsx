/** The member's own second factors: which there are, adding one, removing one. */
import { useEffect, useState } from "preact/hooks";
import type { Factor, Factors } from "../answers.ts";
import { fetchFactors, removeFactor } from "../api.ts";
import { dayWords } from "../days.ts";
import { AddFactor } from "../factor/add.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { CONTENT, focusOn } from "../parts/focus.ts";
import { Heading } from "../parts/heading.tsx";
import { ProblemNotice, Status } from "../parts/notices.tsx";
import { PassphraseField } from "../parts/passphrase.tsx";
import { deriveAuth, type Session } from "../session.ts";
import { type Lang, sayIfKnown, type TextKey, useLang, useText } from "../text.ts";
import { useWork } from "../useWork.ts";
import { startVault } from "../vault/start.ts";

/** As many as the server keeps for one member. */
const MOST = 8;

const kindWords = (kind: string, lang: Lang): string => sayIfKnown(lang, `factor_${kind}`) ?? kind;

/** Removes a factor with the passphrase, in a vault of its own that ends with it. */
async function removeWith({ access, member }: Session, id: string, passphrase: string) {
  const vault = startVault();
  try {
    await removeFactor(access, id, await deriveAuth(vault, member.name, passphrase));
  } finally {
    vault.close();
  }
}

interface RemovalProps {
  readonly session: Session;
  readonly factor: Factor;
  readonly isLast: boolean;
  readonly onRemoved: () => void;
  readonly onCancel: () => void;
}

/** Asks for the passphrase: whoever finds the desk open removes nothing. */
function Removal({ session, factor, isLast, onRemoved, onCancel }: RemovalProps) {
  const t = useText();
  const lang = useLang();
  const [passphrase, setPassphrase] = useState("");
  const { busy, problem, run } = useWork();
  const remove = async () => {
    await removeWith(session, factor.id, passphrase);
    onRemoved();
  };
  const title = t("factor_remove_title", { kind: kindWords(factor.kind, lang) });
  return (
    <Dialog title={title} screen="remove-factor" onEscape={onCancel}>
      <form
        autocomplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void run(remove);
        }}
      >
        <p>{t(isLast ? "factor_remove_last" : "factor_remove_lead")}</p>
        <PassphraseField value={passphrase} onInput={setPassphrase} />
        <ProblemNotice code={problem} />
        <div class="actions">
          <button type="submit" class="primary" data-action="confirm-removal" aria-disabled={busy}>
            {t("factor_remove")}
          </button>
          <button type="button" class="quiet" data-action="cancel-removal" onClick={onCancel}>
            {t("factor_cancel")}
          </button>
        </div>
        <Status>{busy && t("signin_stretching")}</Status>
      </form>
    </Dialog>
  );
}

function Held({
  loaded: { factors, is_demanded },
  onRemove,
}: {
  readonly loaded: Factors;
  readonly onRemove: (factor: Factor) => void;
}) {
  const t = useText();
  const lang = useLang();
  if (factors.length === 0)
    return <p data-part="no-factors">{t(is_demanded ? "factors_none_yet" : "factors_none")}</p>;
  const stays = is_demanded && factors.length === 1;
  return (
    <ul class="factors">
      {factors.map((factor) => (
        <li key={factor.id} class="factor" data-factor={factor.id} data-kind={factor.kind}>
          <span>
            <strong>{kindWords(factor.kind, lang)}</strong>{" "}
            <small>
              {t("factor_since")} <time dateTime={factor.day}>{dayWords(factor.day, lang)}</time>
            </small>
          </span>
          {stays ? (
            <small data-part="stays">{t("factor_stays")}</small>
          ) : (
            <button
              type="button"
              class="quiet"
              data-action="remove-factor"
              aria-label={t("factor_remove_title", { kind: kindWords(factor.kind, lang) })}
              onClick={() => onRemove(factor)}
            >
              {t("factor_remove")}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What is loaded, and what was done last. */
function useFactors({ access }: Session) {
  const [loaded, setLoaded] = useState<Factors | null>(null);
  const [done, setDone] = useState<TextKey | null>(null);
  const { busy, problem, run } = useWork();
  const load = () => run(async () => setLoaded(await fetchFactors(access)));
  useEffect(() => void load(), []);
  const reload = (why: TextKey) => {
    setDone(why);
    void load();
  };
  return { loaded, done, busy, problem, load, reload };
}

export function FactorsScreen({ session }: { readonly session: Session }) {
  const t = useText();
  const { loaded, done, busy, problem, load, reload } = useFactors(session);
  const [leaving, setLeaving] = useState<Factor | null>(null);
  const { factors, is_demanded } = loaded ?? { factors: [], is_demanded: false };
  const close = () => {
    setLeaving(null);
    focusOn(CONTENT);
  };
  const removed = () => {
    close();
    reload("factor_removed");
  };
  return (
    <main id={CONTENT} tabIndex={-1} data-screen="factors" aria-busy={busy}>
      <article class="sheet about">
        <Heading>{t("factors_title")}</Heading>
        <p class="lead">{t("factors_lead")}</p>
        {is_demanded && <p class="notice">{t("factors_demanded")}</p>}
        <h2>{t("factors_list")}</h2>
        {loaded && <Held loaded={loaded} onRemove={setLeaving} />}
        <Status>{busy ? t("loading") : done && t(done)}</Status>
        <ProblemNotice code={problem} onRetry={() => void load()} />
        {loaded && factors.length < MOST && (
          <Adding session={session} onAdded={() => reload("factor_added")} />
        )}
      </article>
      {leaving && (
        <Removal
          session={session}
          factor={leaving}
          isLast={factors.length === 1}
          onRemoved={removed}
          onCancel={close}
        />
      )}
    </main>
  );
}

function Adding({
  session: { access, member },
  onAdded,
}: {
  readonly session: Session;
  readonly onAdded: () => void;
}) {
  const t = useText();
  return (
    <section class="adding" data-part="adding">
      <h2>{t("factors_add")}</h2>
      <AddFactor access={access} name={member.name} onAdded={onAdded} />
    </section>
  );
}
