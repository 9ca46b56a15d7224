/** Making a program's token: who is to have it, for which tier, until when. */
import { useId, useState } from "preact/hooks";
import type { NewToken } from "../api.ts";
import { today } from "../clock.ts";
import { useText } from "../text.ts";

const TIERS = ["public", "partners", "internal"] as const;
type Tier = (typeof TIERS)[number];

interface Wanted {
  readonly name: string;
  readonly tier: Tier;
  /** Empty: it does not end. */
  readonly until: string;
}

const NOTHING: Wanted = { name: "", tier: "public", until: "" };

interface FieldProps {
  readonly wanted: Wanted;
  readonly onWanted: (wanted: Wanted) => void;
}

function NameField({ wanted, onWanted }: FieldProps) {
  const t = useText();
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{t("tokens_name")}</label>
      <input
        id={id}
        value={wanted.name}
        required
        maxLength={64}
        dir="auto"
        autocomplete="off"
        spellcheck={false}
        data-field="token-name"
        onInput={(event) => onWanted({ ...wanted, name: event.currentTarget.value })}
      />
    </div>
  );
}

function TierField({ wanted, onWanted }: FieldProps) {
  const t = useText();
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{t("summary_tier")}</label>
      <select
        id={id}
        value={wanted.tier}
        autocomplete="off"
        data-field="token-tier"
        onChange={(event) => onWanted({ ...wanted, tier: event.currentTarget.value as Tier })}
      >
        {TIERS.map((tier) => (
          <option key={tier} value={tier}>
            {t(`tier_${tier}`)}
          </option>
        ))}
      </select>
    </div>
  );
}

function UntilField({ wanted, onWanted }: FieldProps) {
  const t = useText();
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{t("tokens_last")}</label>
      <input
        id={id}
        type="date"
        min={today()}
        value={wanted.until}
        autocomplete="off"
        data-field="token-until"
        onInput={(event) => onWanted({ ...wanted, until: event.currentTarget.value })}
      />
    </div>
  );
}

export function MakeToken({
  busy,
  onMake,
}: {
  readonly busy: boolean;
  readonly onMake: (wanted: NewToken) => Promise<boolean>;
}) {
  const t = useText();
  const [wanted, onWanted] = useState(NOTHING);
  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (busy) return;
    const { name, tier, until } = wanted;
    const isMade = await onMake({ name: name.trim(), tier, until: until || null });
    if (isMade) onWanted(NOTHING);
  }
  return (
    <form class="invite" autocomplete="off" onSubmit={(event) => void submit(event)}>
      <NameField wanted={wanted} onWanted={onWanted} />
      <TierField wanted={wanted} onWanted={onWanted} />
      <UntilField wanted={wanted} onWanted={onWanted} />
      <div class="actions">
        <button type="submit" data-action="make-token" aria-disabled={busy}>
          {t("tokens_make")}
        </button>
      </div>
    </form>
  );
}
