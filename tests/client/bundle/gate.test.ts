import { describe, expect, test } from "vitest";
import { checkFloor } from "../../../client/bundle/gate.mjs";

describe("the floor of the reporter app refuses", () => {
  test.each([
    ["syntax of 2021", "let a; a ??= 1;"],
    ["class fields", "class A { b = 1; }"],
    ["top-level await", "await 1;"],
    ["module syntax", "import './a.js';"],
    ["Array.prototype.at", "[1].at(-1)"],
    ["Object.hasOwn", "Object.hasOwn({}, 'a')"],
    ["structuredClone", "structuredClone({})"],
    ["crypto.randomUUID", "crypto.randomUUID()"],
    ["AbortSignal.timeout", "AbortSignal.timeout(1)"],
  ])("%s", (_what, code) => {
    expect(() => checkFloor("app.js", code)).toThrow(/^app.js /);
  });
});

test("the floor of the reporter app takes ES2020", () => {
  const code =
    "const a = { b: null }; var c = a?.b ?? 12n; (async () => { for await (const d of []); })();";
  expect(() => checkFloor("app.js", code)).not.toThrow();
});
