import { expect, test } from "vitest";
import { readLetters, rememberMailbox, sealLetter } from "../../../client/desk/vault/letters.ts";
import { toBase64url } from "../../../client/shared/bytes.ts";
import {
  type Letter,
  mailboxOf,
  openLetter,
  SECRET_BYTES,
} from "../../../client/shared/mailbox.ts";
import { layerOf } from "../shared/refusals.ts";

const SECRET = new Uint8Array(SECRET_BYTES).fill(7);
const LETTER: Letter = { v: 1, state: "opened", words: [{ day: "2031-03-07", text: "نعم" }] };

const remembered = async (): Promise<string> =>
  (await rememberMailbox(toBase64url(SECRET))) ?? "none";

test("a letter sealed here opens with the code's secret, and here", async () => {
  const mailbox = await remembered();
  const { sealed } = await sealLetter({ mailbox, letter: LETTER });
  const { id, key } = await mailboxOf(SECRET);
  expect(mailbox).toBe(id);
  expect(await openLetter(sealed, key)).toEqual(LETTER);
  expect(await readLetters({ letters: [{ mailbox, sealed }] })).toEqual({ letters: [LETTER] });
});

test("one letter that does not open spoils none of its neighbours", async () => {
  const mailbox = await remembered();
  const { sealed } = await sealLetter({ mailbox, letter: LETTER });
  const noise = { mailbox, sealed: sealed.map((byte) => byte ^ 1) };
  const strange = { mailbox: "00".repeat(16), sealed };
  const { letters } = await readLetters({ letters: [noise, strange, { mailbox, sealed }] });
  expect(letters).toEqual([null, null, LETTER]);
});

test("where there is no room the oldest words go", async () => {
  const mailbox = await remembered();
  const words = ["ا", "ب", "ت"].map((letter) => ({ day: "2031-03-07", text: letter.repeat(900) }));
  const { letter } = await sealLetter({ mailbox, letter: { ...LETTER, words } });
  expect(letter.words).toEqual(words.slice(1));
});

test("words that alone have no room are refused", async () => {
  const mailbox = await remembered();
  const words = [{ day: "2031-03-07", text: "\0".repeat(1000) }];
  const seal = () => sealLetter({ mailbox, letter: { ...LETTER, words } });
  expect(await layerOf(seal)).toBe("length");
});

test.each([undefined, null, 7, "", "AAAA", `${toBase64url(SECRET)}A`])(
  "%s is no mailbox",
  async (secret) => {
    expect(await rememberMailbox(secret)).toBeNull();
  },
);
