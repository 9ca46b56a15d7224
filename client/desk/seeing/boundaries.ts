/**
 * Boundaries that a member loads from a file: GeoJSON (RFC 7946), read strictly. Only lines come out of it: names and
 * properties are not looked at, so nothing of the file is ever shown as text.
 */
import { has, isObject } from "../../shared/json.ts";
import type { Line, Point } from "./projection.ts";

/** More than these no boundaries need, in bytes and in points. */
export const MAX_BYTES = 8_000_000;
export const MAX_POINTS = 400_000;

/** Why a file brings no boundaries. */
export const FLAWS = ["too_large", "not_json", "not_geojson", "outside", "nothing"] as const;
export type Flaw = (typeof FLAWS)[number];

/** The file is not one that boundaries can be taken from. */
export class Unfit extends Error {
  readonly flaw: Flaw;

  constructor(flaw: Flaw) {
    super(flaw);
    this.flaw = flaw;
  }
}

/** What lists of positions lie in, from a line to many polygons: how deep the lines are. */
const DEPTHS: Readonly<Record<string, number>> = {
  LineString: 0,
  MultiLineString: 1,
  Polygon: 1,
  MultiPolygon: 2,
};

const listOf = (value: unknown): readonly unknown[] => {
  if (!Array.isArray(value)) throw new Unfit("not_geojson");
  return value;
};

function pointOf(value: unknown): Point {
  const [x, y] = listOf(value);
  if (typeof x !== "number" || typeof y !== "number") throw new Unfit("not_geojson");
  if (Math.abs(x) > 180 || Math.abs(y) > 90) throw new Unfit("outside");
  return [x, y];
}

/** Counts points down; ends the reading when there are too many. */
class Budget {
  #left = MAX_POINTS;

  take(count: number): void {
    this.#left -= count;
    if (this.#left < 0) throw new Unfit("too_large");
  }
}

function linesAt(depth: number, value: unknown, budget: Budget): readonly Line[] {
  const list = listOf(value);
  if (depth > 0) return list.flatMap((each) => linesAt(depth - 1, each, budget));
  budget.take(list.length);
  if (list.length === 1) throw new Unfit("not_geojson");
  return list.length === 0 ? [] : [list.map(pointOf)];
}

function linesOfGeometry(value: unknown, budget: Budget): readonly Line[] {
  if (!isObject(value) || typeof value.type !== "string") throw new Unfit("not_geojson");
  const depth = has(DEPTHS, value.type) ? DEPTHS[value.type] : undefined;
  if (depth === undefined) throw new Unfit("not_geojson");
  return linesAt(depth, value.coordinates, budget);
}

function linesOfFeature(value: unknown, budget: Budget): readonly Line[] {
  if (!isObject(value) || value.type !== "Feature") throw new Unfit("not_geojson");
  return value.geometry === null ? [] : linesOfGeometry(value.geometry, budget);
}

function linesOfAny(value: unknown, budget: Budget): readonly Line[] {
  if (!isObject(value)) throw new Unfit("not_geojson");
  if (value.type === "FeatureCollection")
    return listOf(value.features).flatMap((feature) => linesOfFeature(feature, budget));
  if (value.type === "Feature") return linesOfFeature(value, budget);
  return linesOfGeometry(value, budget);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Unfit("not_json");
  }
}

/** The lines of a file; throws Unfit. */
export function parseBoundaries(text: string): readonly Line[] {
  if (text.length > MAX_BYTES) throw new Unfit("too_large");
  const lines = linesOfAny(parsed(text), new Budget());
  if (lines.length === 0) throw new Unfit("nothing");
  return lines;
}
