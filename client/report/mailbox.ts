/** The mailbox that a report carries when an answer is wanted. */
import { toBase64url } from "../shared/bytes.ts";
import { completeCode, RANDOM_DIGITS } from "../shared/code.ts";
import { fairDigits } from "../shared/digits.ts";
import { stretchCode } from "../shared/mailbox.ts";

/** A code, and its secret as reports carry it: that takes seconds on an old phone. */
export type Mailbox = { readonly code: string; readonly secret: Promise<string> };

/** A mailbox that nobody else has. */
export function newMailbox(): Mailbox {
  const code = completeCode(drawDigits());
  return { code, secret: stretchCode(code).then(toBase64url) };
}

function drawDigits(): string {
  let digits = "";
  while (digits.length < RANDOM_DIGITS)
    digits += fairDigits(crypto.getRandomValues(new Uint8Array(RANDOM_DIGITS)));
  return digits.slice(0, RANDOM_DIGITS);
}
