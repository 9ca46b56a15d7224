/** A passphrase that chance made: it opens an archive that may lie anywhere for years. */
import type { Bytes } from "../../shared/bytes.ts";
import { fairDigits } from "../../shared/digits.ts";

/** Thirty digits are as much as 99 bits; they are read out and typed in every language. */
const DIGITS = 30;
const GROUP = /.{5}/g;

/** Thirty digits in six groups, with a dash between. `random` gives so many random bytes. */
export function drawPassphrase(random: (bytes: number) => Bytes): string {
  let digits = "";
  while (digits.length < DIGITS) digits += fairDigits(random(DIGITS));
  return (digits.slice(0, DIGITS).match(GROUP) ?? []).join("-");
}
