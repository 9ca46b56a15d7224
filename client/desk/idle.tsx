/** Nobody there: a warning after 28 minutes without a touch, the end of the session after 30. */
import { useEffect, useState } from "preact/hooks";
import { now } from "./clock.ts";
import { Dialog } from "./parts/dialog.tsx";
import { useText } from "./text.ts";

const MINUTE_MS = 60_000;
export const IDLE_MS = 30 * MINUTE_MS;
export const WARN_MS = 28 * MINUTE_MS;
/** A sleeping computer stops timers: the clock is looked at this often, and as soon as the page is seen again. */
const LOOK_MS = 5_000;
const SIGNS_OF_LIFE = ["pointerdown", "keydown", "wheel", "touchstart"] as const;

/** True while the warning is due. Calls `onIdle` once nobody has touched anything for 30 minutes. */
function useIdle(onIdle: () => void): boolean {
  const [warned, setWarned] = useState(false);
  useEffect(() => {
    let touched = now();
    const look = () => {
      const quiet = now() - touched;
      if (quiet >= IDLE_MS) onIdle();
      else setWarned(quiet >= WARN_MS);
    };
    const touch = () => {
      look();
      touched = now();
      setWarned(false);
    };
    const timer = setInterval(look, LOOK_MS);
    document.addEventListener("visibilitychange", look);
    for (const sign of SIGNS_OF_LIFE) addEventListener(sign, touch, { passive: true });
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
      for (const sign of SIGNS_OF_LIFE) removeEventListener(sign, touch);
    };
  }, [onIdle]);
  return warned;
}

/** Watches over a session. Any touch makes the warning go away; its button is for those who look for one. */
export function IdleWatch({ onIdle }: { readonly onIdle: () => void }) {
  const t = useText();
  const warned = useIdle(onIdle);
  if (!warned) return null;
  return (
    <Dialog title={t("idle_title")} screen="idle">
      <p>{t("idle_lead")}</p>
      <div class="actions">
        <button type="button" class="primary" data-action="stay">
          {t("idle_button")}
        </button>
      </div>
    </Dialog>
  );
}
