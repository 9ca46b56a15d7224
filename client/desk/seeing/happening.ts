/** What the map and the days show: waiting reports and events alike, each as a thing of a kind, in an area, on a day. */
import type { DeskEvent } from "../answers.ts";
import type { Atlas } from "../areas.ts";
import { dayHappened } from "../form/prefill.ts";
import { mainPlace } from "../placed.ts";
import type { ReadableRow } from "../queue.ts";
import type { OpenedReport } from "../vault/messages.ts";
import { KINDS } from "../vocabulary.ts";

/** The kind of what is of none that is known. */
export const OTHER = "unknown";

/** The kinds in the order in which they stand beside one another. */
export const SEEN_KINDS: readonly string[] = [...KINDS, OTHER];

export interface Happening {
  readonly kind: string;
  /** The subdistrict; null where none is known. */
  readonly adm3: string | null;
  /** The day on which it happened; null where nobody knows. */
  readonly day: string | null;
  readonly isEvent: boolean;
  /** Of an event 1 to 5; of a report 0: nobody has weighed it. */
  readonly severity: number;
}

interface Known {
  readonly atlas: Atlas;
  readonly happening: Happening;
}

const cache = new WeakMap<OpenedReport, Known>();

/** What a report tells of, as the assessment form would suggest it; worked out once. */
export function toldBy({ envelope, opened: { report } }: ReadableRow, atlas: Atlas): Happening {
  const known = cache.get(report);
  if (known?.atlas === atlas) return known.happening;
  const happening = {
    kind: KINDS.includes(report.kind) ? report.kind : OTHER,
    adm3: mainPlace(report, atlas)?.adm3 ?? null,
    day: dayHappened(report, envelope.day),
    isEvent: false,
    severity: 0,
  };
  cache.set(report, { atlas, happening });
  return happening;
}

export const toldOf = ({ kind, adm3, day, severity }: DeskEvent): Happening => ({
  kind: KINDS.includes(kind) ? kind : OTHER,
  adm3,
  day,
  isEvent: true,
  severity: Number(severity) || 0,
});
