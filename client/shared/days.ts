/** Days: UTC dates, `YYYY-MM-DD`. */

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether text is a day of the Gregorian calendar, years 0001 to 9999. */
export function isDay(text: unknown): text is string {
  const match = typeof text === "string" ? DAY.exec(text) : null;
  if (match === null) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  return year > 0 && day > 0 && day <= monthLength(year, month);
}

function monthLength(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (MONTH_LENGTHS[month - 1] ?? 0);
}
