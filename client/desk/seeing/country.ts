/** Where the country and its areas lie, and a sheet to draw them on. */
import packed from "virtual:map";
import {
  aspectOf,
  boxOf,
  type Point,
  type Projection,
  projectionInto,
  type Size,
  widened,
} from "./projection.ts";

/** A point in each subdistrict that has one. */
export const POINTS: ReadonlyMap<string, Point> = new Map(packed.adm3);
export const COUNTRY: readonly Point[] = [...packed.outline.flat(), ...POINTS.values()];
const GOVERNORATES: ReadonlyMap<string, Point> = new Map(packed.adm1);

/** The points of the subdistricts in an area, or of the one that it is; none where no area is known. */
export const pointsOf = (area: string): readonly Point[] =>
  [...POINTS].flatMap(([code, point]) => (area && code.startsWith(area) ? [point] : []));

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** The point that stands for an area of any level; undefined where none is known. */
export function middleOf(area: string): Point | undefined {
  const known = GOVERNORATES.get(area) ?? POINTS.get(area);
  const points = pointsOf(area);
  if (known || points.length === 0) return known;
  return [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
}

const LOWEST = 240;
const HIGHEST = 520;

export interface Sheet {
  readonly size: Size;
  readonly project: Projection;
}

/** The sheet for points on a screen of a width, with a share of it free around them. */
export function sheetFor(points: readonly Point[], around: number, width: number): Sheet | null {
  const found = boxOf(points);
  if (!found || width === 0) return null;
  const box = widened(found, around);
  const height = Math.min(HIGHEST, Math.max(LOWEST, width * aspectOf(box)));
  const size = { width, height: Math.round(height) };
  return { size, project: projectionInto(box, size) };
}
