/** Sentences that count, in the forms of each language. */
import { beforeEach, describe, expect, test } from "vitest";
import { packedLanguage } from "../../../client/bundle/packed.mjs";
import { unpackLanguage } from "../../../client/report/packed.ts";
import { change, read } from "../../../client/report/state.ts";
import { count, strings } from "../../../client/report/words.ts";

const pack = (code: string) => unpackLanguage(code, JSON.stringify(packedLanguage(code)));

const WAITING: Readonly<Record<string, readonly [n: number, sentence: string][]>> = {
  ar: [
    [0, "لا بلاغات بانتظار الإرسال"],
    [1, "بلاغ واحد بانتظار الإرسال"],
    [2, "بلاغان بانتظار الإرسال"],
    [3, "3 بلاغات بانتظار الإرسال"],
    [11, "11 بلاغًا بانتظار الإرسال"],
    [100, "100 بلاغ بانتظار الإرسال"],
    [103, "103 بلاغات بانتظار الإرسال"],
  ],
  en: [
    [0, "0 reports waiting to be sent"],
    [1, "1 report waiting to be sent"],
    [2, "2 reports waiting to be sent"],
  ],
  fr: [
    [0, "0 signalement en attente d’envoi"],
    [1, "1 signalement en attente d’envoi"],
    [2, "2 signalements en attente d’envoi"],
  ],
  ku: [
    [0, "0 rapor li benda şandinê ne"],
    [1, "1 rapor li benda şandinê ye"],
    [2, "2 rapor li benda şandinê ne"],
  ],
};

describe.each(Object.entries(WAITING))("%s", (lang, sentences) => {
  beforeEach(() => change({ language: pack(lang) }));

  test.each(sentences)("%i reports", (n, sentence) => {
    expect(count(strings().waitingCount, n)).toBe(sentence);
  });
});

test("where a browser does not know a language's rules, English ones are taken", () => {
  change({ language: { ...pack("ku"), lang: "qaa" } });
  expect(read().language.lang).toBe("qaa");
  expect(count(strings().waitingCount, 1)).toBe("1 rapor li benda şandinê ye");
  expect(count(strings().waitingCount, 0)).toBe("0 rapor li benda şandinê ne");
});

test("a form that is missing is replaced by the one that every language has", () => {
  change({ language: pack("ar") });
  expect(count({ other: "{n} ما" }, 3)).toBe("3 ما");
});
