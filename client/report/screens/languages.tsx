/** Every language, each by its own name. What was written stays whichever is chosen. */
import languages from "virtual:languages";
import { speak } from "../actions.ts";
import { read } from "../state.ts";
import { strings } from "../words.ts";

export function Languages() {
  const { language, languageFailed } = read();
  const words = strings();
  return (
    <>
      <fieldset class="languages">
        <legend class="unseen">{words.language}</legend>
        {Object.entries(languages).map(([code, { name }]) => (
          <button
            key={code}
            type="button"
            class="quiet"
            lang={code}
            aria-pressed={code === language.lang}
            data-language={code}
            onClick={() => void speak(code)}
          >
            {name}
          </button>
        ))}
      </fieldset>
      {languageFailed && (
        <p class="error" role="alert">
          {words.languageFailed}
        </p>
      )}
    </>
  );
}
