/** Numbers of a summary as they are said. */
import { type Lang, say } from "../text.ts";
import { changeOf, type Figure, percentOf, type Range } from "./figures.ts";

/** Lowest to highest; an open-ended band has no highest. */
export function rangeWords({ min, max }: Range): string {
  if (max === null) return `${min}+`;
  return min === max ? String(min) : `${min}–${max}`;
}

/** A number, with a word before it where some of it is withheld; the word alone where all is. */
export function eventsWords({ state, sums, isPartial }: Figure, lang: Lang): string {
  if (state !== "told")
    return say(lang, state === "withheld" ? "figure_withheld" : "figure_untold");
  const events = String(sums.events ?? 0);
  return isPartial ? say(lang, "figure_least", { number: events }) : events;
}

/** How many more or fewer events than in the week before; "" where that is not known. */
export function changeWords(now: Figure, before: Figure, lang: Lang): string {
  const change = changeOf(now, before);
  if (change === null) return "";
  if (change === 0) return say(lang, "change_none");
  const words = say(lang, change > 0 ? "change_more" : "change_fewer", {
    number: Math.abs(change),
  });
  const percent = percentOf(change, before);
  return percent === null ? words : `${words} (${signed(percent)}%)`;
}

/** With its sign. */
export const signed = (number: number): string =>
  number > 0 ? `+${number}` : String(number).replace("-", "−");
