import { expect, test } from "vitest";
import { ANY } from "../../../client/desk/choice.ts";
import { OPEN } from "../../../client/desk/sieve.ts";
import {
  readViews,
  type View,
  withoutView,
  withView,
  writeViews,
} from "../../../client/desk/views.ts";

const HELD: View = {
  name: "المعلّقة",
  state: "assessed",
  choice: { ...ANY, decision: "hold" },
  sieve: { ...OPEN, words: "القرداحة" },
};
const NOW: View = { name: "now", state: "waiting", choice: ANY, sieve: { ...OPEN, mark: "now" } };

test("views come back as they were written", () => {
  expect(readViews(writeViews([HELD, NOW]))).toEqual([HELD, NOW]);
});

test("a view of the same name takes the place of the old one", () => {
  const changed = { ...HELD, sieve: OPEN };
  expect(withView([HELD, NOW], changed)).toEqual([NOW, changed]);
  expect(withoutView([HELD, NOW], "now")).toEqual([HELD]);
});

test.each([
  ["no JSON", "{", []],
  ["no list", '{"name":"x"}', []],
  ["a view without a name", '[{"state":"all"},null,3]', []],
  [
    "a state that is not known",
    '[{"name":"x","state":"gone"}]',
    [{ ...NOW, name: "x", sieve: OPEN }],
  ],
  [
    "parts that are missing or strange",
    '[{"name":"x","state":"assessed","choice":{"decision":3,"flag":"gbv"},"sieve":["kind"]}]',
    [{ name: "x", state: "assessed", choice: { ...ANY, flag: "gbv" }, sieve: OPEN }],
  ],
])("of %s is read what can be read", (_name, text, views) => {
  expect(readViews(text)).toEqual(views);
});
