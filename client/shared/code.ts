/** A mailbox's code as people write it (PROTOCOL section 9): 18 random digits and two check digits, ISO 7064 MOD 97-10. */
import { toLatinDigits } from "./digits.ts";

export const RANDOM_DIGITS = 18;
export const CODE_DIGITS = 20;

/** What is wrong with what was typed: a character that is no digit, too few or too many digits, or another digit. */
export type Slip = "type" | "length" | "check";

const MODULUS = 97;
const GROUP = /.{1,4}/g;
/** Spaces, dashes, dots, marks of direction. */
const BETWEEN = /[^\p{L}\p{N}]+/gu;

/** A code from 18 random digits: the check digits are put behind them. */
export const completeCode = (drawn: string): string =>
  drawn + String(MODULUS + 1 - remainder(`${drawn}00`)).padStart(2, "0");

/** The digits in what was typed, as 0 to 9, and the first thing that is wrong with them; null when they are a code. */
export function readCode(typed: string): { readonly digits: string; readonly slip: Slip | null } {
  const digits = toLatinDigits(typed).replace(BETWEEN, "");
  return { digits, slip: slipIn(digits) };
}

/** Groups of four: a whole code has five. */
export const groupsOf = (code: string): readonly string[] => code.match(GROUP) ?? [];

function slipIn(digits: string): Slip | null {
  if (/[^0-9]/.test(digits)) return "type";
  if (digits.length !== CODE_DIGITS) return "length";
  return completeCode(digits.slice(0, RANDOM_DIGITS)) === digits ? null : "check";
}

const remainder = (digits: string): number =>
  [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % MODULUS, 0);
