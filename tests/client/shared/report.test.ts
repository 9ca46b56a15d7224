import vocabulary from "virtual:vocabulary-report";
import fc from "fast-check";
import { expect, test } from "vitest";
import { utf8 } from "../../../client/shared/bytes.ts";
import { encodeReport, parseReport, type Report } from "../../../client/shared/report.ts";
import { layerOf } from "./refusals.ts";
import { sampleReports } from "./samples.ts";

test("every sample report comes back from its bytes", () => {
  for (const report of sampleReports()) {
    expect(parseReport(encodeReport(report), vocabulary)).toEqual(report);
  }
});

test("a report beyond 15360 bytes is not written and not read", async () => {
  const [sample] = sampleReports() as [Report];
  const note = "ء".repeat(7600);
  const large = { ...sample, answers: { ...sample.answers, note } };
  expect(await layerOf(() => encodeReport(large))).toBe("schema");
  const encoded = utf8(JSON.stringify(large));
  expect(await layerOf(() => parseReport(encoded, vocabulary))).toBe("schema");
});

test("the parser of reports throws refusals only, whatever JSON it is given", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.json(),
      fc.dictionary(fc.string(), fc.jsonValue()),
      async (json, answers) => {
        const [sample] = sampleReports() as [Report];
        const mixed = JSON.stringify({ ...sample, answers: { ...sample.answers, ...answers } });
        for (const text of [json, mixed]) {
          const layer = await layerOf(() => parseReport(utf8(text), vocabulary));
          expect(["accepted", "json", "schema"]).toContain(layer);
        }
      },
    ),
  );
});

test("the parser of reports throws refusals only, whatever bytes it is given", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array(), async (bytes) => {
      const layer = await layerOf(() => parseReport(bytes, vocabulary));
      expect(["json", "schema"]).toContain(layer);
    }),
  );
});
