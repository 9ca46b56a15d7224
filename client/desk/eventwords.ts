/** An event in words. */
import type { DeskEvent } from "./answers.ts";
import { areaName } from "./areas.ts";
import { dayWords } from "./days.ts";
import type { Lang } from "./text.ts";
import { assessmentWord } from "./vocabulary.ts";

type Told = Pick<DeskEvent, "kind" | "category" | "adm3" | "day">;

/** In short: what, where, when. */
export const eventLabel = ({ kind, category, adm3, day }: Told, lang: Lang): string =>
  [
    assessmentWord("category", category, kind, lang),
    areaName(adm3, lang),
    dayWords(day, lang),
  ].join(lang === "ar" ? "، " : ", ");
