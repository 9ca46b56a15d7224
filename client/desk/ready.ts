/** Answers that are ready: read by the reviewer in the desk's language, sent in the sender's. */
import answers from "virtual:ready-answers";
import type { Lang } from "./text.ts";

/** What one is called in the files, and its words in the desk's language. */
export interface Ready {
  readonly name: string;
  readonly words: string;
}

export const readyIn = (lang: Lang): readonly Ready[] =>
  Object.entries(answers[lang] ?? {}).map(([name, words]) => ({ name, words }));

/** The language to answer in: the sender's, or the desk's where it is not known. */
export const answerLanguage = (sender: string, lang: Lang): string =>
  Object.hasOwn(answers, sender) ? sender : lang;

/** Empty for a name that no answer has. */
function wordsOf(language: string, name: string): string {
  const ready = answers[language] ?? {};
  return Object.hasOwn(ready, name) ? (ready[name] ?? "") : "";
}

/** The words of a ready answer in a language, behind what is written already. */
export function withReady(text: string, name: string, language: string): string {
  const words = wordsOf(language, name);
  return [text.trimEnd(), words].filter((each) => each !== "").join("\n");
}
