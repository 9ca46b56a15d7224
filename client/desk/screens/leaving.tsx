/** Signing out while something is not saved: asked once more, with everything behind it covered already. */
import { Dialog } from "../parts/dialog.tsx";
import { useText } from "../text.ts";

export function Leaving({
  onLeave,
  onStay,
}: {
  readonly onLeave: () => void;
  readonly onStay: () => void;
}) {
  const t = useText();
  return (
    <Dialog title={t("leave_title")} screen="leave" cover onEscape={onStay}>
      <p>{t("leave_lead")}</p>
      <div class="actions">
        <button type="button" class="primary" data-action="confirm-leave" onClick={onLeave}>
          {t("leave_button")}
        </button>
        <button type="button" class="quiet" data-action="go-back" onClick={onStay}>
          {t("leave_back")}
        </button>
      </div>
    </Dialog>
  );
}
