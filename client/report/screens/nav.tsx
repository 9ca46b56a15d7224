/** Beside the way out: the way back, and the other languages. */
import { go, speak } from "../actions.ts";
import { languageParts } from "../parts.ts";
import { read, type Screen } from "../state.ts";
import { strings } from "../words.ts";

const DEFAULT_LANGUAGE = "ar";

/** Where "back" leads; nothing that was written is lost on the way. */
export const BACK: Partial<Record<Screen, Screen>> = {
  form: "home",
  review: "form",
  status: "home",
};

export function Nav() {
  const { screen, language } = read();
  const back = BACK[screen];
  const others = [DEFAULT_LANGUAGE, ...languageParts].filter((code) => code !== language.lang);
  return (
    <>
      {back && (
        <button type="button" class="quiet" data-act="back" onClick={() => go(back)}>
          {strings().back}
        </button>
      )}
      {others.map((code) => (
        <button
          key={code}
          type="button"
          class="quiet"
          lang={code}
          data-language={code}
          onClick={() => void speak(code)}
        >
          {new Intl.DisplayNames([code], { type: "language" }).of(code)}
        </button>
      ))}
    </>
  );
}
