/** What went wrong, in the member's words. */
import { Problem } from "./api.ts";
import { PackerFailed } from "./case/packing.ts";
import { type Lang, say, sayIfKnown } from "./text.ts";
import { VaultRefusal } from "./vault/client.ts";

/**
 * The code of a refusal that the screens have words for. A fault of the program itself is `fault`: the screen stays usable,
 * and the browser is told of the error like of any that nobody caught.
 */
export function codeOf(error: unknown): string {
  if (error instanceof Problem) return error.code;
  if (error instanceof VaultRefusal) return error.layer === "length" ? "too_long" : "vault";
  if (error instanceof PackerFailed) return "packer";
  reportError(error);
  return "fault";
}

/** The words for a code; those for a fault of the server when a newer server says something unheard of. */
export const problemWords = (code: string, lang: Lang): string =>
  sayIfKnown(lang, `problem_${code}`) ?? say(lang, "problem_internal");
