/** The grade of verification that the vocabulary's rules give to an event; the reviewer has the last word. */
import type { OpenedReport } from "../vault/messages.ts";
import type { Draft } from "./draft.ts";

/** It happened to them, or before their eyes. */
const DIRECT: ReadonlySet<unknown> = new Set(["affected", "saw"]);
const CORROBORATED_BY = 3;

/**
 * `v1` for one report, `v2` for two, `v3` for three of which one is a direct witness's. Whether they are independent, and
 * what outside sources say, no rule can see: `v4`, `contested` and `discounted` are never given.
 */
export function gradeOf(reports: number, isDirect: boolean): "v1" | "v2" | "v3" {
  if (reports >= CORROBORATED_BY && isDirect) return "v3";
  return reports > 1 ? "v2" : "v1";
}

/** Whether the sender of a report was there. */
export const isDirect = (report: OpenedReport | null): boolean => DIRECT.has(report?.answers.basis);

/** How many reports the event of a draft has with this one; `listed` are those that count towards it already. */
export function reportsWith({ values, suggested, newEvent }: Draft, listed: number): number {
  if (values.event_id === newEvent) return 1;
  const isAmongThem = (suggested.get("event_id") ?? 0) > 0;
  return isAmongThem ? Math.max(listed, 1) : listed + 1;
}
