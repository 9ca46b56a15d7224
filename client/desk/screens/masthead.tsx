/** The top of every screen: whose desk it is, where one can go, the language, the way out. */
import { CONTENT, focusOn } from "../parts/focus.ts";
import { LANGUAGES, type Lang, ownName, type TextKey, useLang, useText } from "../text.ts";

export type Section =
  | "queue"
  | "map"
  | "events"
  | "summary"
  | "people"
  | "record"
  | "factors"
  | "about";

const NAMES: Readonly<Record<Section, TextKey>> = {
  queue: "nav_queue",
  map: "nav_map",
  events: "nav_events",
  summary: "nav_summary",
  people: "nav_people",
  record: "nav_record",
  factors: "nav_factors",
  about: "nav_about",
};

function Brand() {
  const t = useText();
  return (
    <p class="brand">
      <svg viewBox="0 0 24 24" aria-hidden="true" class="seal">
        <path d="M3 7.5 12 3l9 4.5v9L12 21l-9-4.5z" />
        <path d="m3 7.5 9 4.8 9-4.8M12 12.3V21" />
      </svg>
      <strong>{t("app_name")}</strong> <span>{t("app_part")}</span>
    </p>
  );
}

function LanguageSwitch({ onLang }: { readonly onLang: (lang: Lang) => void }) {
  const t = useText();
  const current = useLang();
  return (
    <fieldset class="switch">
      <legend class="unseen">{t("language")}</legend>
      {LANGUAGES.map((lang) => (
        <button
          key={lang}
          type="button"
          lang={lang}
          aria-pressed={lang === current}
          data-action={`language-${lang}`}
          onClick={() => onLang(lang)}
        >
          {ownName(lang)}
        </button>
      ))}
    </fieldset>
  );
}

export interface Navigation {
  readonly sections: readonly Section[];
  readonly current: Section | null;
  readonly onSection: (section: Section) => void;
  readonly onSignOut: () => void;
}

function Sections({ sections, current, onSection, onSignOut }: Navigation) {
  const t = useText();
  return (
    <nav aria-label={t("nav")}>
      {sections.map((section) => (
        <button
          key={section}
          type="button"
          aria-current={section === current ? "page" : undefined}
          data-action={`show-${section}`}
          onClick={() => onSection(section)}
        >
          {t(NAMES[section])}
        </button>
      ))}
      <button type="button" class="out" data-action="sign-out" onClick={onSignOut}>
        {t("sign_out")}
      </button>
    </nav>
  );
}

/** `navigation` is null while nobody is signed in. */
export function Masthead({
  navigation,
  onLang,
}: {
  readonly navigation: Navigation | null;
  readonly onLang: (lang: Lang) => void;
}) {
  const t = useText();
  return (
    <header class="masthead">
      <button type="button" class="skip" onClick={() => focusOn(CONTENT)}>
        {t("skip")}
      </button>
      <Brand />
      {navigation && <Sections {...navigation} />}
      <LanguageSwitch onLang={onLang} />
    </header>
  );
}
