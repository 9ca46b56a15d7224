import fc from "fast-check";
import { expect, test } from "vitest";
import { utf8 } from "../../../client/shared/bytes.ts";
import { has, isText, parseJson } from "../../../client/shared/json.ts";

const parse = (text: string): unknown => parseJson(utf8(text));

test("what JSON writes is read back, strings that look like JSON included", () => {
  const value = fc
    .jsonValue({ depthSize: "small" })
    .filter((json) => !/[.e]/.test(numbersOf(json)));
  fc.assert(
    fc.property(value, (json) => {
      expect(parse(JSON.stringify(json))).toEqual(JSON.parse(JSON.stringify(json)));
    }),
  );
});

test.each([
  '{"a":1,"a":1}',
  '{"a":1,"\\u0061":2}',
  '[{"b":{"a":1 , "a" :2}}]',
  '{"\\"":1,"\\"":2}',
])("a member that stands twice is refused: %s", (text) => {
  expect(() => parse(text)).toThrow(SyntaxError);
});

test("the same member in two objects is no repetition", () => {
  expect(parse('[{"a":{"a":1}},{"a":"{\\"a\\":1,"}]')).toEqual([{ a: { a: 1 } }, { a: '{"a":1,' }]);
});

test.each(["1.0", "1e0", "1E+2", "-0.0", "0.5"])("%s is not an integer", (text) => {
  expect(Number.isInteger(parse(text))).toBe(false);
});

test.each(["", "NaN", "[1,]", "{'a':1}", "\ufeff{}", "01"])("%j is not JSON", (text) => {
  expect(() => parse(text)).toThrow(SyntaxError);
});

test("inherited members are not members", () => {
  expect([has({}, "constructor"), has(JSON.parse('{"__proto__":1}'), "__proto__")]).toEqual([
    false,
    true,
  ]);
});

test("text is counted in code points", () => {
  expect([isText("😢😢", 2), isText("😢😢", 1), isText("", 1), isText("\ud83d", 9)]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

const numbersOf = (json: unknown): string =>
  JSON.stringify(json, (_key, value) => (typeof value === "string" ? "" : value)).replace(
    /[a-z]+/g,
    (word) => (/true|false|null/.test(word) ? "" : word),
  );
