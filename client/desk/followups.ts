/** What a sender says after the first report. */
import { SAYINGS } from "../shared/report.ts";
import type { OpenedReport } from "./vault/messages.ts";

/** What a follow-up does, in the order of what a reviewer must not miss. */
export const FOLLOW_UPS = ["withdraw", "no_longer_true", "correct", "reply"] as const;
export type FollowUp = (typeof FOLLOW_UPS)[number];

/** What a report is to the one before it; null for a first one. */
export const followUpOf = ({ follows }: OpenedReport): FollowUp | null =>
  FOLLOW_UPS.find((each) => each === follows) ?? null;

/** Whether a report only says something of the first one. */
export const isSaying = ({ follows }: OpenedReport): boolean =>
  SAYINGS.some((saying) => saying === follows);
