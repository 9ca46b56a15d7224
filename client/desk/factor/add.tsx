/** Adding a second factor: a security key, or a phone that gives codes. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Bytes } from "../../shared/bytes.ts";
import { groupsOf } from "../../shared/code.ts";
import type { FactorBegun } from "../answers.ts";
import { type Access, addFactor, beginFactor, type FactorAnswer, Problem } from "../api.ts";
import { makeKey, takesKeys } from "../authenticator.ts";
import { CONTENT, focusOn } from "../parts/focus.ts";
import { ProblemNotice, Status } from "../parts/notices.tsx";
import { Qr } from "../parts/qr.tsx";
import { useText } from "../text.ts";
import { useWork } from "../useWork.ts";
import { CodeForm } from "./code.tsx";

/** The two ways, each with what it needs. */
function Ways({
  busy,
  onKey,
  onCodes,
}: {
  readonly busy: boolean;
  readonly onKey: () => void;
  readonly onCodes: () => void;
}) {
  const t = useText();
  return (
    <dl class="ways">
      <dt>
        {takesKeys() && (
          <button type="button" data-action="add-key" aria-disabled={busy} onClick={onKey}>
            {t("factor_add_key")}
          </button>
        )}
      </dt>
      <dd>{t(takesKeys() ? "factor_add_key_hint" : "factor_no_keys")}</dd>
      <dt>
        <button type="button" data-action="add-codes" aria-disabled={busy} onClick={onCodes}>
          {t("factor_add_codes")}
        </button>
      </dt>
      <dd>{t("factor_add_codes_hint")}</dd>
    </dl>
  );
}

/** The secret, to be read by a phone's camera or typed into it; in Latin letters whatever the language. */
function Secret({ secret, address }: { readonly secret: string; readonly address: string }) {
  const t = useText();
  return (
    <>
      <p>{t("codes_scan")}</p>
      <Qr text={address} label={t("codes_picture")} />
      <p>{t("codes_type")}</p>
      <p class="secret" dir="ltr" lang="en" translate={false} data-part="secret">
        {groupsOf(secret).map((group, at) => (
          <span key={at}>{group} </span>
        ))}
      </p>
      <p class="fine">{t("codes_once")}</p>
    </>
  );
}

/** Problem `factor_over` when the five minutes are over for which the server keeps what it asked. */
async function send(access: Access, handle: Bytes, answer: FactorAnswer): Promise<void> {
  try {
    await addFactor(access, handle, answer);
  } catch (error) {
    if (error instanceof Problem && error.code === "not_found") throw new Problem("factor_over");
    throw error;
  }
}

/** A phone that is being added: its secret, and the code that shows that the phone has it. */
function Codes({
  begun,
  access,
  onAdded,
  onCancel,
}: {
  readonly begun: FactorBegun;
  readonly access: Access;
  readonly onAdded: () => void;
  readonly onCancel: () => void;
}) {
  const t = useText();
  const work = useWork();
  const { secret, address, handle } = begun;
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => title.current?.focus(), []);
  const submit = (code: () => string) =>
    work.run(async () => {
      await send(access, handle, { code: code() });
      onAdded();
    });
  return (
    <section class="phone" data-part="codes">
      <h2 ref={title} tabIndex={-1}>
        {t("factor_add_codes")}
      </h2>
      {secret !== null && address !== null && <Secret secret={secret} address={address} />}
      <CodeForm
        label={t("codes_confirm")}
        button={t("codes_add")}
        busy={work.busy}
        onSubmit={submit}
      />
      <ProblemNotice code={work.problem} />
      <button type="button" class="quiet" data-action="cancel-codes" onClick={onCancel}>
        {t("factor_cancel")}
      </button>
    </section>
  );
}

/** `onAdded` is called once a factor was added. */
export function AddFactor({
  access,
  name,
  onAdded,
}: {
  readonly access: Access;
  readonly name: string;
  readonly onAdded: () => void;
}) {
  const t = useText();
  const work = useWork();
  const [codes, setCodes] = useState<FactorBegun | null>(null);
  const close = () => {
    setCodes(null);
    focusOn(CONTENT);
  };
  const done = () => {
    close();
    onAdded();
  };
  const addKey = async () => {
    const begun = await beginFactor(access, "webauthn");
    await send(access, begun.handle, { attestation: await makeKey(begun, name) });
    done();
  };
  const addCodes = async () => setCodes(await beginFactor(access, "totp"));
  if (codes) {
    return <Codes begun={codes} access={access} onAdded={done} onCancel={close} />;
  }
  return (
    <>
      <Ways
        busy={work.busy}
        onKey={() => void work.run(addKey)}
        onCodes={() => void work.run(addCodes)}
      />
      <Status>{work.busy && t("factor_waiting")}</Status>
      <ProblemNotice code={work.problem} />
    </>
  );
}
