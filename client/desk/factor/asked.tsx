/** What stands in the place of the passphrase while signing in wants more: a second factor, or that one is added. */
import { signWithKey, takesKeys } from "../authenticator.ts";
import { ProblemNotice, Status } from "../parts/notices.tsx";
import { type TextKey, useText } from "../text.ts";
import type { Asked } from "../useAsks.ts";
import { useWork } from "../useWork.ts";
import { AddFactor } from "./add.tsx";
import { CodeForm } from "./code.tsx";

type FactorAsked = Extract<Asked, { kind: "factor" }>;

export const askedTitle = ({ kind }: Asked): TextKey =>
  kind === "factor" ? "prove_title" : "enrol_title";

/** The button for those who have a security key; in its place why there is none. */
function KeyButton({ busy, onKey }: { readonly busy: boolean; readonly onKey: () => void }) {
  const t = useText();
  if (!takesKeys()) return <p class="notice odd">{t("factor_no_keys")}</p>;
  return (
    <button
      type="button"
      class="primary"
      data-action="use-key"
      aria-disabled={busy}
      onClick={onKey}
    >
      {t("prove_key")}
    </button>
  );
}

/** The proof: by a security key, by a code, by either where the member has both. */
function Prove({ asked }: { readonly asked: FactorAsked }) {
  const t = useText();
  const { wanted, onProof } = asked;
  const work = useWork();
  const busy = work.busy || asked.busy;
  const useKey = async () => onProof({ assertion: await signWithKey(wanted) });
  const useCode = (code: () => string) => work.run(async () => onProof({ code: code() }));
  return (
    <>
      <p class="lead">{t("prove_lead")}</p>
      {wanted.credentials.length > 0 && (
        <KeyButton busy={busy} onKey={() => void work.run(useKey)} />
      )}
      {wanted.codes && (
        <CodeForm
          label={t("prove_codes")}
          button={t("prove_go_on")}
          busy={busy}
          onSubmit={useCode}
        />
      )}
      <Status>{busy && t("factor_waiting")}</Status>
      <ProblemNotice code={work.problem ?? asked.problem} />
      <p class="fine">{t("prove_lost")}</p>
    </>
  );
}

/** What is asked, without its title. */
export function AskedPart({ asked }: { readonly asked: Asked }) {
  const t = useText();
  return (
    <div class="asked" data-part={asked.kind}>
      {asked.kind === "factor" ? (
        <Prove asked={asked} />
      ) : (
        <>
          <p class="lead">{t("enrol_lead")}</p>
          <AddFactor access={asked.access} name={asked.name} onAdded={asked.onAdded} />
        </>
      )}
      <button type="button" class="quiet" data-action="give-up" onClick={asked.onGiveUp}>
        {t("prove_back")}
      </button>
    </div>
  );
}
