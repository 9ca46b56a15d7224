/** Days and ISO weeks: plain values in, plain values out. */
import { isDay } from "../shared/days.ts";
import { addDays, stampOf } from "./clock.ts";

const DAY_MS = 86_400_000;
/** 1970-01-01 was a Thursday, the fourth day of its week (Monday is 0). */
const FIRST_WEEKDAY = 3;

/** Whole days from one day to another; negative when `to` is the earlier one. */
export const daysBetween = (from: string, to: string): number =>
  (stampOf(to) - stampOf(from)) / DAY_MS;

/** Monday of the ISO week in which the day lies. */
export function monday(day: string): string {
  const number = stampOf(day) / DAY_MS;
  const weekday = (((number + FIRST_WEEKDAY) % 7) + 7) % 7;
  return addDays(day, -weekday);
}

/** Sunday of the ISO week in which the day lies. */
export const sunday = (day: string): string => addDays(monday(day), 6);

/** Month names as they are said in Syria, digits as everywhere on the screen. */
const CALENDAR = { ar: "ar-SY-u-ca-gregory-nu-latn", en: "en-GB" } as const;

const PARTS = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" } as const;

/** Made once: making one takes longer than all that it is used for. */
const FORMATS = {
  ar: new Intl.DateTimeFormat(CALENDAR.ar, PARTS),
  en: new Intl.DateTimeFormat(CALENDAR.en, PARTS),
} as const;

const HOURS = { day: "numeric", month: "short", year: "numeric", hour: "2-digit" } as const;
const HOUR_MS = DAY_MS / 24;
const HOUR_FORMATS = {
  ar: new Intl.DateTimeFormat(CALENDAR.ar, HOURS),
  en: new Intl.DateTimeFormat(CALENDAR.en, HOURS),
} as const;

/** A UTC day and hour in words, as clocks stand where the reader is; the day alone where no hour was kept. */
export function hourWords(day: string, hour: number | null, lang: keyof typeof CALENDAR): string {
  if (!isDay(day) || hour === null) return dayWords(day, lang);
  return HOUR_FORMATS[lang].format(stampOf(day) + hour * HOUR_MS);
}

/** A day in words, e.g. `22 Nov 2026`; whatever is not a day is returned as it is. */
export function dayWords(day: string, lang: keyof typeof CALENDAR): string {
  if (!isDay(day)) return day;
  return FORMATS[lang].format(stampOf(day));
}
