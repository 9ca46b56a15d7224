/**
 * How urgent a report sounds, by what was ticked and never by what was written. Five marks, each for one thing that cannot wait:
 *
 *   now      it is happening now, or still happening
 *   harm     people were killed, injured or taken
 *   trapped  people cannot leave, cannot be reached, or ask for a safe way out
 *   exposed  a place is not safe, or people are in the open, on the road or without room
 *   fragile  unaccompanied children, injured, sick or pregnant people, a need for a doctor or for baby milk
 *
 * The number of marks is the urgency. A report that the area is calm carries none. The marks weigh what was said, not
 * whether it is true; the order of the queue is made of them in the browser only.
 */
import type { OpenedReport } from "./vault/messages.ts";

export const MARKS = ["now", "harm", "trapped", "exposed", "fragile"] as const;
export type Mark = (typeof MARKS)[number];

/** Mark, then question, then the answers that give the mark. */
const GIVES: Readonly<Record<Mark, Readonly<Record<string, readonly string[]>>>> = {
  now: { when: ["now"], ongoing: ["yes"] },
  harm: { harm: ["killed", "injured", "taken"], event: ["killing"], cause: ["killings"] },
  trapped: { can_leave: ["no"], access: ["blocked", "dangerous"], needs: ["safe_passage"] },
  exposed: {
    safe_now: ["unsafe"],
    now_in: ["open_air", "near_base", "on_the_move"],
    site_type: ["open_air"],
    room_left: ["over"],
  },
  fragile: { vulnerable: ["unaccompanied", "injured", "pregnant"], needs: ["medical", "baby"] },
};

const has = (answers: OpenedReport["answers"], field: string, codes: readonly string[]): boolean =>
  [answers[field]].flat().some((code) => typeof code === "string" && codes.includes(code));

/** The marks of a report, in the order of MARKS. */
export function marksOf({ answers }: OpenedReport): readonly Mark[] {
  if (answers.event === "calm") return [];
  return MARKS.filter((mark) =>
    Object.entries(GIVES[mark]).some(([field, codes]) => has(answers, field, codes)),
  );
}
