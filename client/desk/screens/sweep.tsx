/** Choosing several reports of the list, and rejecting them as spam. */
import type { Envelope } from "../answers.ts";
import { ProblemNotice } from "../parts/notices.tsx";
import { useText } from "../text.ts";
import type { Sweep } from "../useSweep.ts";

/** The choice beside a line of the list; none beside what was decided already. */
export function Pick({
  sweep,
  envelope: { id, version },
}: {
  readonly sweep: Sweep;
  readonly envelope: Envelope;
}) {
  const t = useText();
  if (sweep.chosen === null || version > 0) return null;
  return (
    <label class="pick-row">
      <input
        type="checkbox"
        autocomplete="off"
        checked={sweep.chosen.has(id)}
        data-pick={id}
        onChange={() => sweep.toggle(id)}
      />
      <span class="unseen">{t("sweep_pick")}</span>
    </label>
  );
}

function Choosing({ sweep, count }: { readonly sweep: Sweep; readonly count: number }) {
  const t = useText();
  return (
    <>
      <span role="status">{t("sweep_chosen", { count })}</span>
      <button
        type="button"
        class="primary"
        data-action="sweep-reject"
        aria-disabled={count === 0}
        onClick={sweep.reject}
      >
        {t("sweep_reject")}
      </button>
      <button
        type="button"
        class="quiet"
        data-action="sweep-cancel"
        onClick={() => sweep.choose(false)}
      >
        {t("sweep_cancel")}
      </button>
    </>
  );
}

function Going({ sweep: { going, undo } }: { readonly sweep: Sweep }) {
  const t = useText();
  return (
    <>
      <span role="status">{t("sweep_going", { count: going.size })}</span>
      {undo && (
        <button type="button" class="quiet" data-action="sweep-undo" onClick={undo}>
          {t("sweep_undo")}
        </button>
      )}
    </>
  );
}

export function SweepBar({ sweep }: { readonly sweep: Sweep }) {
  const t = useText();
  const { chosen, going, problem } = sweep;
  return (
    <div class="actions sweep" data-part="sweep">
      {going.size > 0 && <Going sweep={sweep} />}
      {going.size === 0 && chosen !== null && <Choosing sweep={sweep} count={chosen.size} />}
      {going.size === 0 && chosen === null && (
        <button
          type="button"
          class="quiet"
          data-action="sweep-begin"
          onClick={() => sweep.choose(true)}
        >
          {t("sweep_begin")}
        </button>
      )}
      <ProblemNotice code={problem} />
    </div>
  );
}
