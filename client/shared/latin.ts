/**
 * Latin names as they travel: beside its Arabic name, a Latin one is told by what a plain transliteration gets wrong.
 * That takes half the bytes.
 */

/** What letters of a word become: groups at its beginning or end, groups anywhere, single letters. */
const LATIN: Readonly<Record<string, string>> = {
  ...{ ال: "el", ية: "iyeh", ين: "in", ير: "ir", اء: "aa", وي: "wei", عا: "a", عي: "ei" },
  ...{ ا: "a", أ: "a", إ: "i", آ: "a", ب: "b", ت: "t", ث: "th", ج: "j", ح: "h", خ: "kh", د: "d" },
  ...{ ذ: "z", ر: "r", ز: "z", س: "s", ش: "sh", ص: "s", ض: "d", ط: "t", ظ: "z", ع: "a" },
  ...{ غ: "gh", ف: "f", ق: "q", ك: "k", ل: "l", م: "m", ن: "n", ه: "h", و: "u", ي: "i" },
  ...{ ى: "a", ة: "a", ؤ: "u", ئ: "i", ء: "'" },
};
const UNIT = /^ال|ية$|ين$|ير$|اء$|وي|عا|عي|./gu;

/** A patch takes a unit, leaves one out, changes the case of the letter to come, or brings a letter of its own. */
export const TAKE = ",";
export const SKIP = ".";
export const CASE = "^";
/** Instead of a patch: the whole name. */
export const WHOLE = "=";

/** What a plain transliteration makes of a name, unit by unit; the article of its first word is left out. */
export function unitsOf(arabic: string): string[] {
  const units = arabic.split(" ").flatMap((word) => [" ", ...(word.match(UNIT) ?? [])]);
  return units.slice(1).map((unit, at) => (at === 0 && unit === "ال" ? "" : (LATIN[unit] ?? unit)));
}

/** Whether the letter behind this one begins a word, with a capital. */
export const endsWord = (before: string): boolean => /^$|[ -]$/.test(before);

/** The Latin name beside an Arabic one. Units that the patch does not reach are taken. */
export function latinName(arabic: string, patch: string): string {
  if (patch.startsWith(WHOLE)) return patch.slice(1);
  const units = unitsOf(arabic);
  const steps = patch.match(/\^?./gu) ?? [];
  const name = steps.reduce((before, step) => before + written(before, step, units), "");
  return units.reduce((before, unit) => before + inCase(before, unit), name);
}

/** What a step adds to a name. */
function written(before: string, step: string, units: string[]): string {
  const unit = step === TAKE || step === SKIP ? (units.shift() ?? "") : "";
  if (step === SKIP) return "";
  if (step === TAKE) return inCase(before, unit);
  const letter = step.slice(-1);
  return endsWord(before) === step.startsWith(CASE) ? letter : letter.toUpperCase();
}

const inCase = (before: string, text: string): string =>
  endsWord(before) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
