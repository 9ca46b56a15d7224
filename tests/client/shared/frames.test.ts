import fc from "fast-check";
import { generate } from "lean-qr";
import decodeQR from "qr/decode.js";
import { expect, test } from "vitest";
import { fromBase45, toBase45 } from "../../../client/shared/base45.ts";
import { addFrame, framesOf, parcelOf, type Series } from "../../../client/shared/frames.ts";

const bytes = (minLength: number, maxLength: number) =>
  fc.uint8Array({ minLength, maxLength }).map((array) => new Uint8Array(array));

const readAll = (frames: readonly string[]): Series | null =>
  frames.reduce((series: Series | null, frame) => addFrame(series, frame), null);

test("base 45 is the one of RFC 9285", () => {
  for (const [text, spelling] of [
    ["AB", "BB8"],
    ["Hello!!", "%69 VD92EX0"],
    ["base-45", "UJCLQE7W581"],
    ["ietf!", "QED8WEX0"],
  ] as const) {
    expect(toBase45(new TextEncoder().encode(text))).toBe(spelling);
    expect(new TextDecoder().decode(fromBase45(spelling))).toBe(text);
  }
});

test.each(["A", "GGW", ":::", "BB8A", "bb8", "BB\u0000"])("%j is not base 45", (text) => {
  expect(() => fromBase45(text)).toThrow(RangeError);
});

test("base 45 is read back as it was written", () => {
  fc.assert(
    fc.property(bytes(0, 70), (data) => {
      expect(fromBase45(toBase45(data))).toEqual(data);
    }),
  );
});

test("a parcel's pictures make it again, in any order and however often each was read", async () => {
  await fc.assert(
    fc.asyncProperty(bytes(1, 5000), fc.infiniteStream(fc.nat()), async (parcel, chance) => {
      const frames = await framesOf(parcel);
      const seen = [...frames, ...frames].sort(() => ((chance.next().value ?? 0) % 3) - 1);
      const series = readAll([...seen, ...frames]);
      expect(series && (await parcelOf(series))).toEqual(parcel);
    }),
    { numRuns: 40 },
  );
});

test("while one picture is missing there is no parcel", async () => {
  const frames = await framesOf(new Uint8Array(3000).fill(7));
  const series = readAll(frames.slice(1));
  expect(series?.pieces.size).toBe(frames.length - 1);
  expect(series && (await parcelOf(series))).toBeNull();
});

test("pictures of another parcel begin anew and nothing is mixed", async () => {
  const one = new Uint8Array(3000).fill(1);
  const other = new Uint8Array(3000).fill(2);
  const first = (await framesOf(one)).slice(0, 3);
  const series = readAll([...first, ...(await framesOf(other))]);
  expect(series && (await parcelOf(series))).toEqual(other);
});

test("pieces that lie about their series make no parcel", async () => {
  const [frame = ""] = await framesOf(new Uint8Array(100).fill(1));
  const [lie = ""] = await framesOf(new Uint8Array(100).fill(2));
  const spliced = toBase45(
    new Uint8Array([
      ...fromBase45(frame.slice(5)).subarray(0, 12),
      ...fromBase45(lie.slice(5)).subarray(12),
    ]),
  );
  const series = addFrame(null, `AMQ1:${spliced}`);
  expect(series && (await parcelOf(series))).toBeNull();
});

test.each(["", "https://example.org/#root=abc", "AMQ1:", "AMQ1:%%%", "AMQ1:BB8"])(
  "%j is no picture of a parcel and changes nothing",
  async (text) => {
    const [frame = ""] = await framesOf(new Uint8Array(1000));
    const series = addFrame(null, frame);
    expect(addFrame(series, text)).toBe(series);
  },
);

test("the decoder that is brought along reads what the encoder draws", async () => {
  const parcel = crypto.getRandomValues(new Uint8Array(2300));
  for (const frame of await framesOf(parcel)) {
    const code = generate(frame);
    expect(code.size).toBeLessThanOrEqual(77);
    expect(decodeQR(picture(code))).toBe(frame);
  }
});

/** A code as a camera would see it at its best: three pixels a square, a quiet border. */
function picture({ size, get }: ReturnType<typeof generate>) {
  const scale = 3;
  const border = 4;
  const width = (size + 2 * border) * scale;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (let at = 0; at < width * width; at += 1) {
    const x = Math.floor((at % width) / scale) - border;
    const y = Math.floor(at / width / scale) - border;
    if (get(x, y)) data.fill(0, at * 4, at * 4 + 3);
  }
  return { width, height: width, data };
}
