/** The signs of the map: a shape for each kind, as large in its area as its number, side by side where there are several. */
import type { Box, Point, Projection, Size } from "./projection.ts";
import { type Count, type Tally, totalOf } from "./tally.ts";

/** The shape of one kind in one area, in pixels; `radius` is that of the circle of the same area. */
export interface Shape {
  readonly kind: string;
  readonly at: Point;
  readonly radius: number;
  /** Whether any of it is an event: only then it is filled. */
  readonly isEvent: boolean;
}

export interface Sign {
  readonly tally: Tally;
  readonly shapes: readonly Shape[];
  /** The middle of its shapes, and how far they reach to either side. */
  readonly at: Point;
  readonly reach: number;
}

/** Square pixels for one report or event, unless that would make the largest too large; and the smallest that is seen. */
const UNIT = 90;
const LARGEST_RADIUS = 26;
const SMALLEST_RADIUS = 4.5;
const GAP = 1;

/** The radius for a number: twice as many cover twice the area. */
export function radiusOf(count: number, most: number): number {
  const unit = Math.min(UNIT, (Math.PI * LARGEST_RADIUS ** 2) / Math.max(most, 1));
  return Math.max(SMALLEST_RADIUS, Math.sqrt((count * unit) / Math.PI));
}

/** The middle of what is so wide and stands on the sheet, moved by as much as it would reach over an edge. */
function within(x: number, reach: number, width: number): number {
  if (x < 0 || x > width) return x;
  return Math.max(Math.min(reach, width / 2), Math.min(x, width - reach));
}

function signOf(tally: Tally, [middle, y]: Point, most: number, sheet: number): Sign {
  const radii = tally.kinds.map(([, count]) => radiusOf(totalOf(count), most));
  const width = radii.reduce((sum, radius) => sum + 2 * radius + GAP, -GAP);
  const edge = Math.max(0, ...radii) * (TRIANGLE / 2 - 1);
  const x = within(middle, width / 2 + edge, sheet);
  let left = x - width / 2;
  const shapes = tally.kinds.map(([kind, count]: readonly [string, Count], index) => {
    const radius = radii[index] ?? 0;
    const at = [left + radius, y] as const;
    left += 2 * radius + GAP;
    return { kind, at, radius, isEvent: count.events > 0 };
  });
  return { tally, shapes, at: [x, y], reach: width / 2 };
}

/** The signs of areas that have a point, the largest first: the smaller ones are drawn over them. */
export function signsOf(
  tallies: readonly Tally[],
  points: ReadonlyMap<string, Point>,
  project: Projection,
  { width }: Size,
): readonly Sign[] {
  const most = Math.max(0, ...tallies.flatMap(({ kinds }) => kinds.map(([, one]) => totalOf(one))));
  return tallies.flatMap((tally) => {
    const point = points.get(tally.key);
    return point ? [signOf(tally, project(point), most, width)] : [];
  });
}

/** Side of a square, of a triangle and of a square on its tip, by the radius of the circle of the same area. */
const SQUARE = Math.sqrt(Math.PI);
const TRIANGLE = Math.sqrt((4 * Math.PI) / Math.sqrt(3));

const round = (value: number): number => Math.round(value * 100) / 100;

const closed = (...points: readonly Point[]): string =>
  `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join("L")}Z`;

/** The outline of a kind's shape as an SVG path: a triangle, a square, a circle, or a square on its tip. */
export function shapePath(kind: string, [x, y]: Point, radius: number): string {
  if (kind === "displacement") {
    const side = TRIANGLE * radius;
    const high = (side * Math.sqrt(3)) / 2;
    const [top, foot] = [y - (2 * high) / 3, y + high / 3];
    return closed([x, top], [x + side / 2, foot], [x - side / 2, foot]);
  }
  const half = (SQUARE * radius) / 2;
  if (kind === "shelter") {
    return closed(
      [x - half, y - half],
      [x + half, y - half],
      [x + half, y + half],
      [x - half, y + half],
    );
  }
  if (kind === "safety") {
    const r = round(radius);
    return `M${round(x - radius)} ${round(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
  }
  const tip = half * Math.SQRT2;
  return closed([x, y - tip], [x + tip, y], [x, y + tip], [x - tip, y]);
}

/** A name beside the map's signs. */
export interface Label {
  readonly key: string;
  readonly text: string;
  readonly at: Point;
}

const LETTER = 6.4;
const LINE = 15;

const overlap = (one: Box, other: Box): boolean =>
  one.west < other.east &&
  other.west < one.east &&
  one.north < other.south &&
  other.north < one.south;

const boxesOf = ({ shapes }: Pick<Sign, "shapes">): readonly Box[] =>
  shapes.map(({ at: [x, y], radius }) => ({
    west: x - radius,
    east: x + radius,
    north: y - radius,
    south: y + radius,
  }));

/** Names that find room, the first ones first: none runs over another, over a sign, or over the edge of the sheet. */
export function withRoom(
  labels: readonly Label[],
  signs: readonly Pick<Sign, "shapes">[],
  { width, height }: Size,
): readonly Label[] {
  const taken = signs.flatMap(boxesOf);
  return labels.filter(({ text, at: [x, y] }) => {
    const half = (text.length * LETTER) / 2;
    const box = { west: x - half, east: x + half, north: y - LINE, south: y };
    const isOff = box.west < 0 || box.east > width || box.north < 0 || box.south > height;
    if (isOff || taken.some((other) => overlap(box, other))) return false;
    taken.push(box);
    return true;
  });
}
