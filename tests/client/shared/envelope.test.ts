import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type Bytes, equalBytes, toHex, utf8 } from "../../../client/shared/bytes.ts";
import {
  CLASSES,
  LENGTHS,
  MAX_REPORT_BYTES,
  openEnvelope,
  pad,
  parseEnvelope,
  sealReport,
  unpad,
} from "../../../client/shared/envelope.ts";
import { kid, publicKey } from "../../../client/shared/keys.ts";
import { layerOf } from "./refusals.ts";

const seed = new Uint8Array(32).fill(7);
let desk: Bytes;
let seeds: Map<string, Bytes>;

beforeAll(async () => {
  desk = await publicKey(seed);
  seeds = new Map([[toHex(await kid(desk)), seed]]);
});

test("the lengths are those of the specification", () => {
  expect(LENGTHS).toEqual([2172, 3196, 5244, 9340, 17532]);
});

test("what is sealed opens to the same bytes, and two seals differ", async () => {
  const report = utf8('{"v":1}');
  const [one, two] = await Promise.all([sealReport(report, desk), sealReport(report, desk)]);
  expect(equalBytes(one, two)).toBe(false);
  const opened = await Promise.all([one, two].map((envelope) => openEnvelope(envelope, seeds)));
  expect(opened).toEqual([report, report]);
});

describe("padding", () => {
  const length = fc.oneof(
    fc.integer({ min: 0, max: MAX_REPORT_BYTES }),
    fc.constantFrom(...CLASSES.flatMap((size) => [size - 5, size - 4, size - 3]), MAX_REPORT_BYTES),
  );
  const reports = length
    .filter((bytes) => bytes <= MAX_REPORT_BYTES)
    .map((bytes) => new Uint8Array(bytes).fill(0x7b));

  test("comes off again, and reaches the smallest class that fits", () => {
    fc.assert(
      fc.property(reports, (report) => {
        const padded = pad(report);
        const smallest = CLASSES.find((size) => size >= report.length + 4);
        expect([padded.length, equalBytes(unpad(padded), report)]).toEqual([smallest, true]);
      }),
    );
  });

  test("of a report beyond 15360 bytes is refused", async () => {
    expect(await layerOf(() => pad(new Uint8Array(MAX_REPORT_BYTES + 1)))).toBe("length");
  });

  test("of another length, with a filler byte, or in too large a class is refused", async () => {
    const padded = pad(utf8("report"));
    const longer = padded.slice();
    longer[0] = 0xff;
    const filled = padded.slice();
    filled[1023] = 1;
    const roomy = new Uint8Array(2048);
    roomy.set(padded);
    const layers = await Promise.all(
      [longer, filled, roomy].map((bytes) => layerOf(() => unpad(bytes))),
    );
    expect(layers).toEqual(["padding", "padding", "padding"]);
  });
});

test("one changed bit anywhere is refused: outside at version or kid, inside at open", async () => {
  const envelope = await sealReport(utf8("{}"), desk);
  const at = fc.integer({ min: 0, max: envelope.length * 8 - 1 });
  await fc.assert(
    fc.asyncProperty(at, async (bit) => {
      const changed = envelope.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const expected = bit < 32 ? "version" : bit < 96 ? "kid" : "open";
      expect(await layerOf(() => openEnvelope(changed, seeds))).toBe(expected);
    }),
    { numRuns: 24 },
  );
});

test("the parser of envelopes throws refusals only", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
      expect(["length", "version"]).toContain(await layerOf(() => parseEnvelope(bytes)));
    }),
  );
});
