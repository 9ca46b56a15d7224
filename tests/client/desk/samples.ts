import { readFileSync } from "node:fs";
import packed from "virtual:places";
import { type Atlas, atlasOf } from "../../../client/desk/areas.ts";
import type { OpenedReport } from "../../../client/desk/vault/messages.ts";

const FILE = new URL("../../../server/amana/data/sample_reports.jsonl", import.meta.url);

/** A sample report and what a good reviewer would make of it. */
export interface Sample {
  readonly id: string;
  readonly report: OpenedReport;
  readonly truth: Readonly<Record<string, string | number | null>>;
}

function read(line: string): Sample {
  const { id, lang, kind, submitted_at, answers, truth } = JSON.parse(line);
  const made = submitted_at.slice(0, 10);
  return {
    id,
    report: { kind, lang, app: "sample", made, follows: null, mailbox: null, answers },
    truth,
  };
}

export const SAMPLES: readonly Sample[] = readFileSync(FILE, "utf8").trim().split("\n").map(read);

export const sample = (id: string): Sample => {
  const found = SAMPLES.find((each) => each.id === id);
  if (!found) throw new Error(`there is no sample ${id}`);
  return found;
};

/** A report of these answers, otherwise plain. */
export const report = (kind: string, answers: Record<string, unknown>): OpenedReport => ({
  kind,
  lang: "ar",
  app: "test",
  made: null,
  follows: null,
  mailbox: null,
  answers,
});

/** The places of the coast. */
export const ATLAS: Atlas = atlasOf(packed);
