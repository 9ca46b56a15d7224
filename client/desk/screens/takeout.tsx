/** Taking files out. Outside the organisation only what is shown leaves, and after one question: it is final. */
import { useState } from "preact/hooks";
import type { SummaryQuestion } from "../api.ts";
import { dayWords } from "../days.ts";
import { Dialog } from "../parts/dialog.tsx";
import { isOutside, isSame, type Tier } from "../summary/question.ts";
import { weeksBetween } from "../summary/weeks.ts";
import { useLang, useText } from "../text.ts";

interface TakeOutProps {
  /** Null while nothing can be asked for. */
  readonly asked: SummaryQuestion | null;
  /** What the summary on the screen answers. */
  readonly shown: SummaryQuestion | null;
  readonly busy: boolean;
  readonly onDownload: (asked: SummaryQuestion) => void;
}

function Confirm({
  asked,
  onConfirm,
  onClose,
}: {
  readonly asked: SummaryQuestion;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}) {
  const lang = useLang();
  const t = useText();
  const { from, to, tier } = asked;
  const days = { from: dayWords(from, lang), to: dayWords(to, lang) };
  return (
    <Dialog title={t("takeout_title")} screen="takeout" onEscape={onClose}>
      <p data-part="takeout-weeks">{t("summary_caption", days)}</p>
      <p>{t("takeout_weeks", { number: weeksBetween(from, to).length })}</p>
      <p data-part="takeout-tier">{t("takeout_tier", { tier: t(`tier_${tier as Tier}`) })}</p>
      <p class="notice odd">{t("takeout_final")}</p>
      <div class="actions">
        <button type="button" class="primary" data-action="confirm-download" onClick={onConfirm}>
          {t("takeout_button")}
        </button>
        <button type="button" class="quiet" autofocus data-action="keep" onClick={onClose}>
          {t("takeout_cancel")}
        </button>
      </div>
    </Dialog>
  );
}

export function TakeOut({ asked, shown, busy, onDownload }: TakeOutProps) {
  const t = useText();
  /** What was named in the question is what is taken out. */
  const [confirming, setConfirming] = useState<SummaryQuestion | null>(null);
  const isUnseen = asked !== null && isOutside(asked) && !isSame(asked, shown);
  function press() {
    if (asked === null) return;
    if (isOutside(asked)) setConfirming(asked);
    else onDownload(asked);
  }
  function confirm() {
    setConfirming(null);
    if (confirming) onDownload(confirming);
  }
  return (
    <>
      <button
        type="button"
        class="quiet"
        data-action="download"
        disabled={busy || !asked || isUnseen}
        onClick={press}
      >
        {t("summary_download")}
      </button>
      {isUnseen && (
        <p class="fine" role="status" data-part="show-first">
          {t("takeout_show_first")}
        </p>
      )}
      {confirming && (
        <Confirm asked={confirming} onConfirm={confirm} onClose={() => setConfirming(null)} />
      )}
    </>
  );
}
