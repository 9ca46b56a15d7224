/** That a colleague works on this report, and how to take it over. */
import type { Session } from "../session.ts";
import { useText } from "../text.ts";
import { REASONS, useClaim } from "../useClaims.ts";

/** Nothing while it is one's own. */
export function Claim({ session, id }: { readonly session: Session; readonly id: string }) {
  const t = useText();
  const { held, take } = useClaim(session, id);
  if (!held || held.is_mine) return null;
  return (
    <div class="notice" role="status" data-part="claim">
      <p>
        <bdi>{held.member}</bdi> {t("claim_works")}
      </p>
      <details>
        <summary>{t("claim_take")}</summary>
        <p class="fine">{t("claim_take_lead")}</p>
        <div class="actions">
          {REASONS.map((reason) => (
            <button
              key={reason}
              type="button"
              class="quiet"
              data-take={reason}
              onClick={() => take(reason)}
            >
              {t(`claim_${reason}`)}
            </button>
          ))}
        </div>
      </details>
    </div>
  );
}
