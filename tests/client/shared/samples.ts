import { readFileSync } from "node:fs";
import vocabulary from "virtual:vocabulary-report";
import type { Report } from "../../../client/shared/report.ts";
import { type Answers, fieldsOf, shows } from "../../../client/shared/vocabulary.ts";

const FILE = new URL("../../../server/amana/data/sample_reports.jsonl", import.meta.url);

/** The shipped sample reports as the form would write them: an answer to a question that does not show is left out. */
export const sampleReports = (): Report[] =>
  readFileSync(FILE, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
    .map(({ kind, lang, answers }) => ({
      v: 1,
      kind,
      lang,
      app: "test",
      answers: asked(kind, answers),
    }));

const asked = (kind: string, answers: Answers): Answers =>
  Object.fromEntries(
    (fieldsOf(kind, vocabulary) ?? [])
      .filter((field) => field.code in answers && shows(field, answers))
      .map(({ code }) => [code, answers[code] ?? ""]),
  );
