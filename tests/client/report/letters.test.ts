/** Letters from whichever of the organisation's addresses answers; codes that are drawn here. */
import { afterEach, expect, test, vi } from "vitest";
import type { KeyRing } from "../../../client/report/keys.ts";
import { fetchLetter } from "../../../client/report/letters.ts";
import { newMailbox } from "../../../client/report/mailbox.ts";
import { toBase64url } from "../../../client/shared/bytes.ts";
import { readCode } from "../../../client/shared/code.ts";
import { LETTER_BYTES, stretchCode } from "../../../client/shared/mailbox.ts";

const ONION = "http://other.onion";
const MAILBOX = "0f".repeat(16);
const PATH = `/api/v1/mailboxes/${MAILBOX}`;
const LETTER = new Uint8Array(LETTER_BYTES).fill(7);
const KEYS = { origins: ["", ONION] } as unknown as KeyRing;
const GOOD = () => Response.json({ letter: toBase64url(LETTER) });

afterEach(() => void vi.unstubAllGlobals());

/** What the origins answer, the own first; null is silence. The addresses that were asked. */
function origins(...answers: readonly (() => Response | null)[]): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    const answer = answers[asked.length]?.();
    asked.push(url);
    if (!answer) throw new TypeError("no network");
    return answer;
  });
  return asked;
}

test("while the own address gives a letter no other is asked", async () => {
  const asked = origins(GOOD);
  expect(await fetchLetter(MAILBOX, KEYS)).toEqual(LETTER);
  expect(asked).toEqual([PATH]);
});

test.each([
  ["silent", () => null],
  ["a login page", () => new Response("<html>login")],
  ["broken", () => new Response("", { status: 502 })],
  ["not ours", () => Response.json({ letter: "+" })],
  ["a list", () => Response.json([])],
])("own address %s: the letter comes from the next one [F70]", async (_name, answer) => {
  const asked = origins(answer, GOOD);
  expect(await fetchLetter(MAILBOX, KEYS)).toEqual(LETTER);
  expect(asked).toEqual([PATH, `${ONION}${PATH}`]);
});

test.each([
  ["silence", () => null],
  ["strange", () => new Response("<html>login")],
  ["busy", () => new Response("", { status: 503 })],
])("where none answers the own address's trouble is told: %s", async (trouble, answer) => {
  origins(answer, () => null);
  expect(await fetchLetter(MAILBOX, KEYS)).toBe(trouble);
});

test("a new mailbox has a code of its own, and the secret that the code stretches to", async () => {
  const [one, other] = [newMailbox(), newMailbox()];
  expect(readCode(one.code).slip).toBeNull();
  expect(one.code).not.toBe(other.code);
  expect(await one.secret).toBe(toBase64url(await stretchCode(one.code)));
});

test("every digit is drawn as often as any other", () => {
  vi.stubGlobal("crypto", { getRandomValues: sequence(), subtle: crypto.subtle });
  const drawn = Array.from({ length: 256 }, () => newMailbox().code.slice(0, 18)).join("");
  const counts = [..."0123456789"].map((digit) => drawn.split(digit).length - 1);
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThan(8);
});

/** Every byte in its turn, as often as any other. */
function sequence() {
  let next = 0;
  return (bytes: Uint8Array) => {
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = next++ % 256;
    return bytes;
  };
}
