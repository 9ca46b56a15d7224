/** ISO weeks of a summary: by their Monday, by the name that people give them, and which are asked for together. */
import { isDay } from "../../shared/days.ts";
import { toLatinDigits } from "../../shared/digits.ts";
import type { SummaryQuestion } from "../api.ts";
import { addDays } from "../clock.ts";
import { daysBetween, monday, sunday } from "../days.ts";

const WEEK = 7;
/** Weeks before the one looked at that a trend shows. */
const BEFORE = 4;
const THURSDAY = 3;
/** What comes along when a week is copied out of a text: marks of direction, and dashes for hyphens. */
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const DASHES = /[\u2010-\u2014\u2212]/g;
const NAMED = /^(\d{4})[-/\s]*[wW]?\s*(\d{1,2})$/;

/** The week of a day as ISO 8601 names it, e.g. `2026-W48`. */
export function weekName(day: string): string {
  const thursday = addDays(monday(day), THURSDAY);
  const year = thursday.slice(0, 4);
  const number = Math.floor(daysBetween(`${year}-01-01`, thursday) / WEEK) + 1;
  return `${year}-W${String(number).padStart(2, "0")}`;
}

/** The Monday of what somebody typed or pasted, a week's name or a day in any digits; null when it is neither. */
export function weekTyped(typed: string): string | null {
  const text = toLatinDigits(typed.replace(DIRECTIONS, "").replace(DASHES, "-").trim());
  if (isDay(text)) return monday(text);
  const [, year, number] = NAMED.exec(text) ?? [];
  if (!isDay(`${year}-01-04`)) return null;
  const found = addDays(monday(`${year}-01-04`), (Number(number) - 1) * WEEK);
  return weekName(found) === `${year}-W${number?.padStart(2, "0")}` ? found : null;
}

/** Whether something was typed, null for nothing, and it is no week. */
export const isNoWeek = (typed: string | null): boolean =>
  typed !== null && weekTyped(typed) === null;

/** The same question about one week, so many after that in which the range ends. */
export function weekOf(asked: SummaryQuestion, later: number): SummaryQuestion {
  const from = addDays(monday(asked.to), later * WEEK);
  return { ...asked, from, to: sunday(from) };
}

/** Whether the days are one whole week or lie in one. */
export const isOneWeek = ({ from, to }: SummaryQuestion): boolean => monday(from) === monday(to);

/** The Mondays from one day's week to another's. */
export function weeksBetween(from: string, to: string): readonly string[] {
  const first = monday(from);
  const count = daysBetween(first, monday(to)) / WEEK + 1;
  return Array.from({ length: count }, (_, at) => addDays(first, at * WEEK));
}

/** What is asked for a screen: a few weeks before a short range as well, by the smallest areas that the tier tells of. */
export function lookedAt(asked: SummaryQuestion): SummaryQuestion {
  const earliest = addDays(monday(asked.to), -BEFORE * WEEK);
  return {
    ...asked,
    from: [earliest, asked.from].sort()[0] ?? earliest,
    area: asked.tier === "public" ? "adm2" : "adm3",
  };
}

/** The last Monday whose week a tier tells of; members see every week. */
export function lastTold(tier: string, delayDays: number, today: string): string {
  const end = tier === "internal" ? today : addDays(today, -delayDays - WEEK);
  return monday(end);
}
