import { describe, expect, test } from "vitest";
import { checkFloor } from "../../../client/bundle/gate.mjs";

describe("the floor of the reporter app refuses", () => {
  test.each([
    ["syntax of 2024", "const a = /b/v;"],
    ["static blocks", "class A { static { A.b = 1; } }"],
    ["private names that are asked for", "class A { #b; static c(d) { return #b in d; } }"],
    ["a look behind in a regular expression", "const a = /(?<!b)c/;"],
    ["the indices of a match", "const a = /b/d;"],
    ["top-level await", "await 1;"],
    ["module syntax", "import './a.js';"],
    ["Array.prototype.at", "[1].at(-1)"],
    ["Object.hasOwn", "Object.hasOwn({}, 'a')"],
    ["structuredClone", "structuredClone({})"],
    ["crypto.randomUUID", "crypto.randomUUID()"],
    ["AbortSignal.timeout", "AbortSignal.timeout(1)"],
    ["CompressionStream", "new CompressionStream('gzip')"],
    ["indexedDB.databases", "indexedDB.databases()"],
  ])("%s", (_what, code) => {
    expect(() => checkFloor("app.js", code)).toThrow(/^app.js /);
  });
});

test("the floor of the reporter app takes what Chrome 87 can parse", () => {
  const code =
    "const a = { b: null }; var c = a?.b ?? 12n; (async () => { for await (const d of []); })();" +
    "c ??= 1; /(?<f>g)(?:h)/u; class E { #f = 1; g = 2; static h = 3; #i() { return this.#f + this.#i(); } }" +
    "[...at(1)];";
  expect(() => checkFloor("app.js", code)).not.toThrow();
});
