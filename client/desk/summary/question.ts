/** What a summary is asked for: weeks, for whom, by which areas. */
import { isDay } from "../../shared/days.ts";
import type { SummaryQuestion } from "../api.ts";
import { today } from "../clock.ts";
import { monday, sunday } from "../days.ts";

export const TIERS = ["internal", "partners", "public"] as const;
export type Tier = (typeof TIERS)[number];
/** The public is told of districts at the finest. */
export const PUBLIC_AREAS: readonly string[] = ["adm1", "adm2"];

/** The same of whole weeks around the chosen days; null when they are no range. */
export const wholeWeeks = (asked: SummaryQuestion): SummaryQuestion | null =>
  isDay(asked.from) && isDay(asked.to) && asked.from <= asked.to
    ? { ...asked, from: monday(asked.from), to: sunday(asked.to) }
    : null;

/** What is shown first: this week, for members. */
export const lately = (): SummaryQuestion => ({
  from: monday(today()),
  to: sunday(today()),
  tier: "internal",
  area: "adm2",
});

/** Whether a file of it leaves the organisation. */
export const isOutside = ({ tier }: SummaryQuestion): boolean => tier !== "internal";

/** Whether two questions have one answer. */
export const isSame = (one: SummaryQuestion, other: SummaryQuestion | null): boolean =>
  one.from === other?.from &&
  one.to === other.to &&
  one.tier === other.tier &&
  one.area === other.area;

/** A question that can be answered, also after another tier was chosen. */
export const possible = (asked: SummaryQuestion): SummaryQuestion =>
  asked.tier === "public" && !PUBLIC_AREAS.includes(asked.area)
    ? { ...asked, area: "adm2" }
    : asked;
