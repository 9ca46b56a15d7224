/** Which reports of an event go into a case, and which only if somebody says why. */
import type { CaseReport } from "../answers.ts";
import type { Row, Seen } from "../queue.ts";
import { isReadable } from "../queue.ts";
import { saidSince, type Threads } from "../thread.ts";

/** Why a report stays out unless it is ticked: taken back by its sender, flagged, or not counted by the members. */
export const HELD_BACK = ["withdrawn", "flagged", "uncounted"] as const;
export type HeldBack = (typeof HELD_BACK)[number];

const FLAGS = ["gbv", "personal_data", "child"];
const COUNTED = ["accept", "merge"];

/** A report of an event that is chosen, and what stands against taking it. */
export interface Candidate {
  readonly event: string;
  readonly report: CaseReport;
  /** What was opened of it; undefined until then. */
  readonly row: Row | undefined;
  readonly heldBack: HeldBack | null;
}

function heldBackOf(
  { envelope: { latest } }: CaseReport,
  row: Row | undefined,
  threads: Threads,
): HeldBack | null {
  const isTakenBack = row && isReadable(row) && saidSince(threads, row).includes("withdraw");
  if (isTakenBack || latest?.decision === "withdrawn") return "withdrawn";
  if (latest?.flags.some((flag) => FLAGS.includes(flag))) return "flagged";
  return COUNTED.includes(latest?.decision ?? "") ? null : "uncounted";
}

/** The reports of events, in the order of the events. */
export const candidatesOf = (
  events: ReadonlyMap<string, readonly CaseReport[]>,
  seen: Seen,
  threads: Threads,
): readonly Candidate[] =>
  [...events].flatMap(([event, reports]) =>
    reports.map((report) => {
      const row = seen.get(report.envelope.id);
      return { event, report, row, heldBack: heldBackOf(report, row, threads) };
    }),
  );

/** Ticks that were set by hand, each for a report as it stood: one that is held back since has to be ticked again. */
export type Ticks = ReadonlyMap<string, boolean>;

export const tickOf = ({ report, heldBack }: Candidate): string =>
  `${report.envelope.id} ${heldBack ?? ""}`;

export const isTicked = (ticks: Ticks, candidate: Candidate): boolean =>
  ticks.get(tickOf(candidate)) ?? candidate.heldBack === null;
