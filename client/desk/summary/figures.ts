/**
 * What a summary tells of an area in a week. A number is added up from what is shown and from nothing else: what is
 * withheld, and what is not told of, is said to be so and never counts as nothing.
 */
import type { Cell, Summary } from "../answers.ts";
import { adm1Of, adm2Of } from "../areas.ts";
import { lastTold } from "./weeks.ts";

const SUMS = [
  ...(["reports", "events", "v1", "v2", "v3plus", "contested", "hh_mid", "site_people"] as const),
  ...(["sites_room", "sites_full", "sites_over", "sites_closed", "killed_min"] as const),
] as const;
export type Sum = (typeof SUMS)[number];

/** Numbers of people and families; where one is expected of every event, an event without one leaves the high end open. */
const RANGES = {
  families: ["hh_min", "hh_max", "displacement"],
  site_people: ["site_people_min", "site_people_max", "shelter"],
  killed: ["killed_min", "killed_max", null],
  injured: ["injured_min", "injured_max", null],
  taken: ["taken_min", "taken_max", null],
} as const;
export type RangeName = keyof typeof RANGES;
export const RANGE_NAMES = Object.keys(RANGES) as readonly RangeName[];

/** Lowest and highest; null when it is open. */
export interface Range {
  readonly min: number;
  readonly max: number | null;
}

/** `withheld`: something is, and no number is shown. `untold`: the table says nothing of that week, or of that subdistrict. */
export type State = "told" | "withheld" | "untold";

export interface Figure {
  readonly state: State;
  readonly sums: Readonly<Partial<Record<Sum, number>>>;
  readonly ranges: Readonly<Partial<Record<RangeName, Range>>>;
  /** In percent, and a code: of one row only, they cannot be added up. */
  readonly occupancy: number | null;
  readonly access: string | null;
  /** Districts' rows below it that are withheld. */
  readonly hidden: number;
  /** Whether reports and events leave out what is withheld. */
  readonly isPartial: boolean;
}

const NOTHING = {
  sums: {},
  ranges: {},
  occupancy: null,
  access: null,
  hidden: 0,
  isPartial: false,
};
const UNTOLD: Figure = { ...NOTHING, state: "untold" };
const WITHHELD: Figure = { ...NOTHING, state: "withheld", hidden: 1, isPartial: true };
const QUIET: Figure = { ...NOTHING, state: "told", sums: { reports: 0, events: 0 } };

/** The code of the area that a cell is of, "" for the country. */
export const areaOf = ({ adm1_code, adm2_code, adm3_code }: Cell): string =>
  adm3_code || adm2_code || adm1_code;

/** The code of the area around an area, "" for the country. */
export function around(area: string): string {
  if (area === adm1Of(area)) return "";
  return area === adm2Of(area) ? adm1Of(area) : adm2Of(area);
}

/** An area and those around it, the country first. */
export const pathTo = (area: string): readonly string[] =>
  area === "" ? [""] : [...pathTo(around(area)), area];

const keyOf = (area: string, week: string, kind: string): string => `${area} ${week} ${kind}`;

/** A summary by area, week and kind. */
export interface Table {
  readonly cells: ReadonlyMap<string, Cell>;
  readonly below: ReadonlyMap<string, ReadonlySet<string>>;
  readonly lastWeek: string;
}

/** The table of a summary that was asked for down to the smallest areas of its tier. */
export function tableOf(summary: Summary, today: string): Table {
  const rows = [...summary.cells, ...summary.totals].filter(({ span }) => span === "week");
  const below = new Map<string, Set<string>>();
  for (const area of rows.flatMap((cell) => pathTo(areaOf(cell)).slice(1))) {
    const inside = below.get(around(area)) ?? new Set();
    below.set(around(area), inside.add(area));
  }
  return {
    cells: new Map(rows.map((cell) => [keyOf(areaOf(cell), cell.week_start, cell.kind), cell])),
    below,
    lastWeek: lastTold(summary.tier, summary.delay_days, today),
  };
}

/** The areas right below one that the table has rows of. */
export const areasBelow = ({ below }: Table, area: string): readonly string[] =>
  [...(below.get(area) ?? [])].sort();

function rangesOf(cell: Cell): Figure["ranges"] {
  const found = RANGE_NAMES.flatMap((name) => {
    const [low, high] = RANGES[name];
    const min = cell[low];
    return min === null ? [] : [[name, { min, max: cell[high] }] as const];
  });
  return Object.fromEntries(found);
}

function figureOf(cell: Cell): Figure {
  if (cell.suppressed) return WITHHELD;
  const sums = SUMS.flatMap((name) => (cell[name] === null ? [] : [[name, cell[name]] as const]));
  const { occupancy, access } = cell;
  const ranges = rangesOf(cell);
  return { ...NOTHING, state: "told", sums: Object.fromEntries(sums), ranges, occupancy, access };
}

function addedSums(parts: readonly Figure[]): Figure["sums"] {
  const sums: Partial<Record<Sum, number>> = {};
  for (const part of parts)
    for (const name of SUMS) {
      const number = part.sums[name];
      if (number !== undefined) sums[name] = (sums[name] ?? 0) + number;
    }
  return sums;
}

/** Whether a number is missing of events that it is expected of. */
const isOpen = ({ sums, ranges }: Figure, name: RangeName, kind: string): boolean =>
  ranges[name]
    ? ranges[name].max === null
    : RANGES[name][2] === kind && (sums.events ?? 0) > (sums.contested ?? 0);

function addedRange(parts: readonly Figure[], name: RangeName, kind: string): Range | null {
  const known = parts.flatMap(({ ranges }) => ranges[name] ?? []);
  if (known.length === 0) return null;
  const open = parts.some((part) => isOpen(part, name, kind));
  const high = known.reduce((sum, { max }) => sum + (max ?? 0), 0);
  return { min: known.reduce((sum, { min }) => sum + min, 0), max: open ? null : high };
}

function addedState(parts: readonly Figure[], events: number, hidden: number): State {
  if (parts.length > 0 && parts.every(({ state }) => state === "untold")) return "untold";
  return events === 0 && hidden > 0 ? "withheld" : "told";
}

/** Figures of a kind that have nothing in common, added up. */
function added(parts: readonly Figure[], kind: string): Figure {
  const hidden = parts.reduce((sum, part) => sum + part.hidden, 0);
  const sums = { ...QUIET.sums, ...addedSums(parts) };
  const ranges = RANGE_NAMES.flatMap((name) => {
    const range = addedRange(parts, name, kind);
    return range ? [[name, range] as const] : [];
  });
  return {
    ...NOTHING,
    state: addedState(parts, sums.events ?? 0, hidden),
    sums,
    ranges: Object.fromEntries(ranges),
    hidden,
    isPartial: parts.some(({ isPartial }) => isPartial),
  };
}

/** A total that is shown says what it says; the rest is known as far as its parts are shown. */
function completed(total: Figure, parts: Figure): Figure {
  return {
    ...total,
    sums: { ...parts.sums, ...total.sums },
    ranges: { ...parts.ranges, ...total.ranges },
    hidden: parts.hidden,
  };
}

const isSmall = (area: string): boolean => area !== "" && area !== adm1Of(area);

/** What the table tells of one kind. Of a subdistrict without a row nothing is known; a district without one is quiet. */
export function figureAt(table: Table, area: string, week: string, kind: string): Figure {
  if (week > table.lastWeek) return UNTOLD;
  const cell = table.cells.get(keyOf(area, week, kind));
  if (isSmall(area)) {
    if (cell) return figureOf(cell);
    return area === adm2Of(area) ? QUIET : UNTOLD;
  }
  const parts = added(
    areasBelow(table, area).map((each) => figureAt(table, each, week, kind)),
    kind,
  );
  return cell && !cell.suppressed ? completed(figureOf(cell), parts) : parts;
}

/** What the table tells of all kinds. */
export function figureOfAll(
  table: Table,
  area: string,
  week: string,
  kinds: readonly string[],
): Figure {
  const parts = kinds.map((kind) => figureAt(table, area, week, kind));
  const access = parts.flatMap((part) => part.access ?? []).sort(byAccess)[0] ?? null;
  const ranges = Object.assign({}, ...parts.map((part) => part.ranges));
  return { ...added(parts, ""), ranges, access };
}

const ACCESS = ["blocked", "limited", "open"];
const byAccess = (one: string, other: string): number =>
  ACCESS.indexOf(one) - ACCESS.indexOf(other);

/** How many events more than before, null when either is not known in full. */
export function changeOf(now: Figure, before: Figure): number | null {
  const isWhole = [now, before].every(({ state, isPartial }) => state === "told" && !isPartial);
  return isWhole ? (now.sums.events ?? 0) - (before.sums.events ?? 0) : null;
}

/** Below this many events a percentage says more than there is. */
const LEAST_FOR_PERCENT = 5;

/** The change in percent of before, null where it would mislead. */
export function percentOf(change: number, before: Figure): number | null {
  const events = before.sums.events ?? 0;
  return events < LEAST_FOR_PERCENT ? null : Math.round((100 * change) / events);
}
