import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  concat,
  equalBytes,
  fromBase64url,
  fromHex,
  fromUtf8,
  readU32,
  toBase64url,
  toHex,
  u32,
  utf8,
} from "../../../client/shared/bytes.ts";

const anyBytes = fc.uint8Array({ maxLength: 64 });

describe("every byte string comes back from", () => {
  test("hexadecimal", () => {
    fc.assert(fc.property(anyBytes, (bytes) => equalBytes(fromHex(toHex(bytes)), bytes)));
  });
  test("base64url", () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => equalBytes(fromBase64url(toBase64url(bytes)), bytes)),
    );
  });
});

test("base64url here is what Node calls base64url", () => {
  fc.assert(
    fc.property(
      anyBytes,
      (bytes) => toBase64url(bytes) === Buffer.from(bytes).toString("base64url"),
    ),
  );
});

test.each(["A", "AA==", "A A", "AB", "A+/A", "é"])("base64url refuses %j", (text) => {
  expect(() => fromBase64url(text)).toThrow(RangeError);
});

test.each(["a", "AB", "0g", " 00"])("hexadecimal refuses %j", (text) => {
  expect(() => fromHex(text)).toThrow(RangeError);
});

test("a 32-bit integer is big-endian, wherever it stands", () => {
  const bytes = concat(Uint8Array.of(9), u32(0xfffefdfc)).subarray(1);
  expect([toHex(bytes), readU32(bytes, 0)]).toEqual(["fffefdfc", 0xfffefdfc]);
});

test("bytes that are not UTF-8 are an error, not a replacement character", () => {
  expect(() => fromUtf8(Uint8Array.of(0xff))).toThrow(TypeError);
});

test("a byte order mark is kept", () => {
  expect(fromUtf8(utf8("\ufeffa"))).toBe("\ufeffa");
});
