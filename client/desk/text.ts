/** The desk's words in the member's language. Switching changes the words and the direction, never what was typed. */
import languages from "virtual:languages";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import ar from "./languages/ar.json";
import en from "./languages/en.json";

export const LANGUAGES = ["ar", "en"] as const;
export type Lang = (typeof LANGUAGES)[number];

export type Texts = typeof en;
export type TextKey = keyof Texts;

const TEXTS: Readonly<Record<Lang, Texts>> = { ar, en };

/** What a language calls itself; undefined for a code that is no language of this build. */
export const ownName = (code: string): string | undefined =>
  Object.hasOwn(languages, code) ? languages[code]?.name : undefined;

export const direction = (lang: Lang): "rtl" | "ltr" => languages[lang]?.dir ?? "ltr";

/** The first of the browser's languages that the desk speaks; Arabic when there is none. */
export function firstLanguage(preferred: readonly string[]): Lang {
  const codes = preferred.map((tag) => tag.slice(0, 2).toLowerCase());
  return codes.find((code): code is Lang => code === "ar" || code === "en") ?? "ar";
}

/** One sentence with its `{gaps}` filled. */
export function say(
  lang: Lang,
  key: TextKey,
  gaps: Readonly<Record<string, string | number>> = {},
): string {
  return TEXTS[lang][key].replace(/\{(\w+)\}/g, (gap, name: string) => String(gaps[name] ?? gap));
}

/** A text that one language has and another may lack. */
export const sayIfKnown = (lang: Lang, key: string): string | undefined =>
  Object.hasOwn(TEXTS[lang], key) ? TEXTS[lang][key as TextKey] : undefined;

/** The texts whose names begin so, in the order of the file. */
export const keysWith = (prefix: string): readonly TextKey[] =>
  (Object.keys(en) as TextKey[]).filter((key) => key.startsWith(prefix));

export const LanguageContext = createContext<Lang>("ar");
export const useLang = (): Lang => useContext(LanguageContext);

/** `t("row_received", { day })` in the language of the screen. */
export function useText(): (key: TextKey, gaps?: Record<string, string | number>) => string {
  const lang = useLang();
  return (key, gaps) => say(lang, key, gaps);
}
