/**
 * The form's first values. A report suggests what it plainly says; what weighs it (severity, verification) and what is done
 * with it (the decision) is left to the reviewer. An earlier version suggests everything but the decision.
 */
import assessment from "virtual:vocabulary-assessment";
import { isDay } from "../../shared/days.ts";
import type { Assessment } from "../answers.ts";
import type { Atlas } from "../areas.ts";
import { addDays } from "../clock.ts";
import { daysBetween, monday } from "../days.ts";
import { mainPlace, readPlace } from "../placed.ts";
import type { OpenedReport } from "../vault/messages.ts";
import { assessmentFields, KINDS, optionCodes } from "../vocabulary.ts";
import type { Value, Values } from "./body.ts";

/** A report that travelled longer than this had a wrong calendar rather than a long way, in days. */
const LONGEST_WAY = 180;
/** The middle of "in the last 7 days". */
const MIDDLE_OF_WEEK = 3;

/** What is said of the day on which the report was made; a shelter is not asked when, it is described as it stands. */
const DAY_ITSELF = new Set<unknown>([undefined, "now", "today"]);

const textOf = (answer: unknown): string => (typeof answer === "string" ? answer : "");

/** The day on which the report was made: the phone's word where it can be true, else the day of arrival. */
export function dayMade({ made }: OpenedReport, received: string): string {
  if (made === null || !isDay(made) || !isDay(received)) return received;
  const travelled = daysBetween(made, received);
  return travelled >= 0 && travelled <= LONGEST_WAY ? made : received;
}

/** Day and precision of an answer to "when", counted from the day the report was made. */
function timeOf(when: unknown, made: string): Values {
  if (isDay(when)) return { day: when, time_precision: "day" };
  if (when === "yesterday") return { day: addDays(made, -1), time_precision: "day" };
  if (when === "week") {
    return { day: monday(addDays(made, -MIDDLE_OF_WEEK)), time_precision: "week" };
  }
  if (when === "unknown") return { time_precision: "unknown" };
  return DAY_ITSELF.has(when) ? { day: made, time_precision: "day" } : {};
}

/** The day on which that happened which a report tells of; of a week its Monday, null where nobody knows. */
export function dayHappened(report: OpenedReport, received: string): string | null {
  const { day } = timeOf(report.answers.when, dayMade(report, received));
  return typeof day === "string" ? day : null;
}

function placeOf(report: OpenedReport, atlas: Atlas): Values {
  const main = mainPlace(report, atlas);
  if (!main?.adm3) return {};
  const arrival = readPlace(report.answers.to_place, atlas)?.adm3 ?? "";
  const place_precision = main.place ? "community" : "adm3";
  return { adm3: main.adm3, adm3_arrival: arrival, place_precision };
}

/** Killed, injured and taken share one answer for their number: it is clear only when one of them was ticked. */
function harmOf({ harm, harm_count }: OpenedReport["answers"]): Values {
  const ticked = [harm]
    .flat()
    .filter((code) => ["killed", "injured", "taken"].includes(textOf(code)));
  const [only] = ticked;
  return ticked.length === 1 ? { [textOf(only)]: textOf(harm_count) } : {};
}

/** What the vocabulary suggests for an answer; a code that it does not know suggests nothing. */
function hint(name: keyof typeof assessment.hints, set: string, answer: unknown): string {
  const codes = assessment.hints[name][set] ?? {};
  return typeof answer === "string" && Object.hasOwn(codes, answer) ? (codes[answer] ?? "") : "";
}

const accessOf = ({ access, can_leave }: OpenedReport["answers"]): Values => ({
  access: hint("access_level", "access", access) || hint("access_level", "can_leave", can_leave),
});

/** How the sender knows it: a letter for the source, a figure for the information. */
function gradesOf({ basis }: OpenedReport["answers"]): Values {
  const grade = hint("admiralty_hint", "basis", basis);
  return { source_reliability: grade.slice(0, 1), info_credibility: grade.slice(1) };
}

const CATEGORY: Readonly<Record<string, string>> = {
  safety: "event",
  displacement: "cause",
  shelter: "site_type",
};

function suggestions(report: OpenedReport, received: string, atlas: Atlas): Values {
  const { kind, answers } = report;
  return {
    kind,
    ...placeOf(report, atlas),
    ...timeOf(answers.when, dayMade(report, received)),
    category: textOf([answers[CATEGORY[kind] ?? ""]].flat()[0]),
    households: textOf(answers.households),
    people: textOf(answers.people_now),
    room: textOf(answers.room_left),
    homes: textOf(answers.homes),
    ...harmOf(answers),
    ...accessOf(answers),
    ...gradesOf(answers),
  };
}

/** Suggestions that are codes the form offers; a stranger's code never becomes a value. */
export function fromReport(report: OpenedReport, received: string, atlas: Atlas): Values {
  if (!KINDS.includes(report.kind)) return {};
  const suggested = suggestions(report, received, atlas);
  const known = assessmentFields(report.kind).flatMap((field) => {
    const value = suggested[field.code] ?? "";
    const codes = optionCodes(field, report.kind);
    const fits = value.length > 0 && (codes.length === 0 || codes.includes(String(value)));
    return fits ? [[field.code, value] as const] : [];
  });
  return Object.fromEntries(known);
}

const isValue = (value: unknown): value is Value =>
  typeof value === "string" ||
  (Array.isArray(value) && value.every((code) => typeof code === "string"));

/** The values of a saved version, without its decision. */
export function fromVersion({ fields }: Assessment): Values {
  const { decision: _decision, ...rest } = fields;
  return Object.fromEntries(
    Object.entries(rest).filter((entry): entry is [string, Value] => isValue(entry[1])),
  );
}
