/** Letters in mailboxes, as they lie at the organisation. */
import { type Bytes, fromBase64url, utf8 } from "../shared/bytes.ts";
import { isObject, parseJson } from "../shared/json.ts";
import { getLetter } from "./api.ts";
import { type Trouble, troubleWith } from "./delivery.ts";
import type { KeyRing } from "./keys.ts";

/** A letter, sealed or noise, from the first origin that gives one; else the trouble with the first of them. */
export async function fetchLetter(mailbox: string, keys: KeyRing): Promise<Bytes | Trouble> {
  let first: Trouble | null = null;
  for (const origin of keys.origins) {
    const answer = await getLetter(mailbox, origin);
    const trouble = troubleWith(answer);
    const letter = trouble === null && answer.kind === "answer" ? letterIn(answer.text) : null;
    if (letter) return letter;
    first ??= trouble ?? "strange";
  }
  return first ?? "silence";
}

function letterIn(text: string): Bytes | null {
  try {
    const body = parseJson(utf8(text));
    return isObject(body) && typeof body.letter === "string" ? fromBase64url(body.letter) : null;
  } catch {
    return null;
  }
}
