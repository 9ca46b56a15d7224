import { expect, test } from "vitest";
import { hasActing, segments } from "../../../client/desk/visible.ts";

const marks = (text: string) => segments(text).flatMap(({ mark }) => mark ?? []);

test("ordinary text of any script is one stretch without marks", () => {
  for (const text of ["حرق بيوت بستان الباشا ١٢", "Two shells, fell.", "🙏🏽 👨‍👩‍👧 ✈️", "می‌روم"]) {
    expect(segments(text)).toEqual([{ text, mark: null }]);
  }
});

test("line feeds and tabs stay", () => {
  expect(marks("one\n\ttwo")).toEqual([]);
});

test.each([
  ["direction override", "\u202e", "U+202E"],
  ["isolate", "\u2066", "U+2066"],
  ["Arabic letter mark", "\u061c", "U+061C"],
  ["escape", "\u001b", "U+001B"],
  ["null", "\u0000", "U+0000"],
  ["next line", "\u0085", "U+0085"],
  ["zero width space", "\u200b", "U+200B"],
  ["byte order mark", "\ufeff", "U+FEFF"],
  ["line separator", "\u2028", "U+2028"],
  ["tag letter", "\u{e0041}", "U+E0041"],
  ["lone surrogate", "\ud800", "U+D800"],
  ["private use", "\ue000", "U+E000"],
])("a %s is shown by its code", (_name, character, code) => {
  expect(segments(`a${character}b`).map(({ mark }) => mark)).toEqual([null, code, null]);
});

test("a pile of combining marks is cut and counted, the vowels of Arabic are not", () => {
  expect(segments(`Z${"\u0301".repeat(60)}!`).map(({ mark }) => mark)).toEqual([
    null,
    "U+0301 ×56",
    null,
  ]);
  expect(marks("مُتَحَقَّقٌ")).toEqual([]);
});

test("what is shown holds every character of what was written", () => {
  const text = "\u202eab\u0007\ncd\u2069";
  expect(
    segments(text)
      .map((segment) => segment.text)
      .join(""),
  ).toBe(text);
});

test("an acting character is found however deep it lies", () => {
  expect(hasActing({ place: { text: "x\u202e" } })).toBe(true);
  expect(hasActing({ needs: ["water"], place: { pcode: null, text: "جبلة" } })).toBe(false);
});
