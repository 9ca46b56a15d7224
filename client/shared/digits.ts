/** Digits as people type them, and as chance gives them. */

/** Bytes below it make digits that are all equally likely. */
const FAIR = 250;

/** U+0660 and U+06F0: Arabic-Indic and Persian zero. Each block has its ten digits in order. */
const ZEROS = [0x660, 0x6f0];

/** Digits 0 to 9 as Arabic-Indic ones; everything else stays. */
export const toArabicDigits = (text: string): string =>
  text.replace(/[0-9]/g, (digit) => String.fromCharCode(0x660 + Number(digit)));

/** Text with Arabic-Indic and Persian digits written as 0 to 9; everything else stays. */
export const toLatinDigits = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => {
    const code = digit.charCodeAt(0);
    const zero = ZEROS.find((start) => code >= start && code < start + 10) ?? code;
    return String(code - zero);
  });

/** The decimal digits that random bytes give: one for most of them, none for the rest. */
export const fairDigits = (random: Uint8Array): string =>
  [...random]
    .filter((byte) => byte < FAIR)
    .map((byte) => byte % 10)
    .join("");
