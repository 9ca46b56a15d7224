/** The colours of the reporter app can be read in light and dark (WCAG 2.2, level AA). */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync(new URL("../../../client/report/style.css", import.meta.url), "utf8");
const [light = "", dark = ""] = [...css.matchAll(/:root \{([^}]*)\}/g)].map(([, body]) => body);

const TEXT = 4.5;
const CONTROL = 3;

const colours = (block: string): Map<string, string> =>
  new Map(
    [...block.matchAll(/--([\w-]+): (#[\da-f]+)/g)].map(([, name = "", hex = ""]) => [name, hex]),
  );

function luminance(hex: string): number {
  const long = hex.length === 4 ? hex.replace(/[\da-f]/g, "$&$&") : hex;
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(long.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const PAIRS: [text: string, ground: string, least: number][] = [
  ["ink", "paper", TEXT],
  ["ink", "card", TEXT],
  ["ink", "tint", TEXT],
  ["soft", "paper", TEXT],
  ["soft", "card", TEXT],
  ["soft", "tint", TEXT],
  ["accent", "paper", TEXT],
  ["accent", "card", TEXT],
  ["accent", "tint", TEXT],
  ["on-accent", "accent", TEXT],
  ["bad", "paper", TEXT],
  ["bad", "tint", TEXT],
  ["on-leave", "leave", TEXT],
  ["line", "card", CONTROL],
  ["line", "paper", CONTROL],
];

const lightColours = colours(light);
const darkColours = new Map([...lightColours, ...colours(dark)]);

describe.each([
  ["light", lightColours],
  ["dark", darkColours],
] as const)("%s", (_name, scheme) => {
  test.each(PAIRS)("%s on %s", (text, ground, least) => {
    expect(contrast(scheme.get(text) ?? "", scheme.get(ground) ?? "")).toBeGreaterThanOrEqual(
      least,
    );
  });
});

test("nothing moves, and nothing depends on left or right", () => {
  expect(css).not.toMatch(/animation|transition|scroll-behavior/);
  expect(css).not.toMatch(/\b(left|right|margin-top|margin-bottom|padding-top|padding-bottom)\b/);
});
