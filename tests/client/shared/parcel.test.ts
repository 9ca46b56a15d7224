import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Bytes, concat, equalBytes, u32 } from "../../../client/shared/bytes.ts";
import { LENGTHS } from "../../../client/shared/envelope.ts";
import {
  encodeParcel,
  fitParcel,
  parcelLength,
  parseParcel,
} from "../../../client/shared/parcel.ts";
import { layerOf } from "./refusals.ts";

const MAGIC = Uint8Array.of(0x41, 0x4d, 0x50, 1);

/** The outside of an envelope, all that a parcel looks at. */
function envelope(length: number, filler = 0): Bytes {
  const bytes = new Uint8Array(length).fill(filler);
  bytes.set([0x41, 0x4d, 0x4e, 1]);
  return bytes;
}

const envelopes = fc.array(
  fc
    .tuple(fc.constantFrom(...LENGTHS), fc.nat(255))
    .map(([length, filler]) => envelope(length, filler)),
  { maxLength: 12 },
);

test("what is put in comes out, in order and without stamps", () => {
  fc.assert(
    fc.property(envelopes, (bodies) => {
      const records = parseParcel(encodeParcel(bodies));
      expect(records.length).toBe(bodies.length);
      records.forEach((record, at) => {
        const same = "body" in record && equalBytes(record.body, bodies[at] ?? new Uint8Array(0));
        expect([same, "stamp" in record && record.stamp.length]).toEqual([true, 0]);
      });
    }),
    { numRuns: 30 },
  );
});

test("wherever a parcel is cut, its whole records are kept", () => {
  const parcel = encodeParcel([envelope(2172), envelope(2172)]);
  fc.assert(
    fc.property(fc.integer({ min: 4, max: parcel.length - 1 }), (end) => {
      const entries = parseParcel(parcel.slice(0, end));
      const whole = Math.floor((end - 4) / (2172 + 6));
      const rest = (end - 4) % (2172 + 6) === 0 ? [] : [{ error: "truncated" }];
      expect(entries.slice(whole)).toEqual(rest);
      expect(entries.slice(0, whole).every((entry) => "body" in entry)).toBe(true);
    }),
  );
});

test("the parser of parcels throws refusals only", async () => {
  const bytes = fc.uint8Array({ maxLength: 200 });
  await fc.assert(
    fc.asyncProperty(bytes, fc.boolean(), async (tail, opened) => {
      const layer = await layerOf(() => parseParcel(opened ? concat(MAGIC, tail) : tail));
      expect(layer).toBe(opened ? "accepted" : "version");
    }),
  );
});

describe("a parcel that would be refused is not written", () => {
  test("65 envelopes: too_many", async () => {
    const many = new Array(65).fill(envelope(2172));
    expect(await layerOf(() => encodeParcel(many))).toBe("too_many");
  });
  test("more than 1 MiB: length", async () => {
    const large = new Array(60).fill(envelope(17532));
    expect(await layerOf(() => encodeParcel(large))).toBe("length");
  });
  test("a body that is no envelope: its layer", async () => {
    const layers = [new Uint8Array(5), new Uint8Array(2172)].map((body) =>
      layerOf(() => encodeParcel([body])),
    );
    expect(await Promise.all(layers)).toEqual(["length", "version"]);
  });
});

test("a parcel can be written when its envelopes fit, is as long as was said, and never otherwise", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...LENGTHS), { minLength: 50, maxLength: 80 }),
      async (lengths) => {
        const written = async () => encodeParcel(lengths.map((length) => envelope(length)));
        const isWritten = (await layerOf(written)) === "accepted";
        expect(isWritten).toBe(fitParcel(lengths));
        if (isWritten) expect((await written()).length).toBe(parcelLength(lengths));
      },
    ),
    { numRuns: 20 },
  );
});

test("a record may carry a stamp of 16 bytes and not of 17", () => {
  const stamped = (bytes: number) =>
    parseParcel(
      concat(
        MAGIC,
        Uint8Array.of(1),
        u32(2172),
        envelope(2172),
        Uint8Array.of(bytes),
        new Uint8Array(bytes),
      ),
    );
  expect(stamped(16)).toMatchObject([{ stamp: new Uint8Array(16) }]);
  expect(stamped(17)).toEqual([{ error: "truncated" }]);
});
