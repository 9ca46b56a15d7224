import { expect, test } from "vitest";
import { LANGUAGES } from "../../../client/bundle/languages.mjs";
import { answerLanguage, readyIn, withReady } from "../../../client/desk/ready.ts";
import { MAX_TEXT_CHARS } from "../../../client/shared/mailbox.ts";

test("a ready answer is chosen in the desk's language and written in the sender's", () => {
  const [first] = readyIn("en");
  expect(first).toEqual({ name: "read", words: "We have read your report. Thank you." });
  expect(withReady("", "read", answerLanguage("ku", "en"))).toBe("Me rapora we xwend. Spas.");
});

test("a sender whose language is not known is answered in the desk's", () => {
  expect(answerLanguage("__proto__", "ar")).toBe("ar");
  expect(answerLanguage("de", "en")).toBe("en");
});

test("it is put behind what is written already, and an unknown one changes nothing", () => {
  expect(withReady("نعم \n", "read", "en")).toBe("نعم\nWe have read your report. Thank you.");
  expect(withReady("نعم", "toString", "en")).toBe("نعم");
});

test.each(LANGUAGES)("all together have room in one letter in %s", (language) => {
  const all = readyIn("ar").reduce((text, { name }) => withReady(text, name, language), "");
  expect(all.length).toBeLessThan(MAX_TEXT_CHARS);
});
