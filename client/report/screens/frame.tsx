/** What stands around every screen: the way back, the other languages, and what has to be known everywhere. */
import type { ComponentChildren } from "preact";
import { go, speak } from "../actions.ts";
import { languageParts } from "../parts.ts";
import { read, type Screen } from "../state.ts";
import { strings } from "../words.ts";

const DEFAULT_LANGUAGE = "ar";

type FrameProps = {
  readonly title: string;
  /** Where "back" goes; without it there is no way back. */
  readonly back?: Screen;
  readonly children: ComponentChildren;
};

export function Frame({ title, back, children }: FrameProps) {
  const { view, languageFailed } = read();
  const words = strings();
  return (
    <>
      <nav>
        {back ? (
          <button type="button" class="quiet" data-act="back" onClick={() => go(back)}>
            {words.back}
          </button>
        ) : (
          <span />
        )}
        <Languages />
      </nav>
      {languageFailed && <p class="error">{words.languageFailed}</p>}
      {view && !view.durable && <p class="notice">{words.memoryOnly}</p>}
      <h1 tabIndex={-1}>{title}</h1>
      {children}
    </>
  );
}

function Languages() {
  const { lang } = read().language;
  const others = [DEFAULT_LANGUAGE, ...languageParts].filter((code) => code !== lang);
  return (
    <span>
      {others.map((code) => (
        <button
          key={code}
          type="button"
          class="quiet"
          lang={code}
          data-language={code}
          onClick={() => speak(code)}
        >
          {new Intl.DisplayNames([code], { type: "language" }).of(code)}
        </button>
      ))}
    </span>
  );
}
