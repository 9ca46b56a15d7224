/** Beside the way out: the way back, and the way to erase everything. */
import { go, toSettings } from "../actions.ts";
import { read, type Screen } from "../state.ts";
import { strings } from "../words.ts";

/** Where "back" leads; nothing that was written is lost on the way. */
const BACK: Partial<Record<Screen, Screen>> = {
  form: "home",
  review: "form",
  status: "home",
  real: "home",
  answer: "home",
  handover: "home",
  carry: "home",
};

/** The screen before this one. */
export function backOf(screen: Screen): Screen | undefined {
  return screen === "settings" ? read().before : BACK[screen];
}

export function Nav() {
  const { screen } = read();
  const back = backOf(screen);
  return (
    <>
      {back && (
        <button type="button" class="quiet" data-act="back" onClick={() => go(back)}>
          {strings().back}
        </button>
      )}
      {screen !== "settings" && (
        <button type="button" class="quiet" data-act="settings" onClick={toSettings}>
          {strings().toErase}
        </button>
      )}
    </>
  );
}
