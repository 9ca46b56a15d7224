/** From degrees to a sheet of pixels: plate carrée, as wide as it is true in the middle of what is shown. */

/** Degrees, longitude before latitude; or pixels, from the left and from the top. */
export type Point = readonly [x: number, y: number];
export type Line = readonly Point[];

export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export type Projection = (point: Point) => Point;

/** Degrees of which no map shows less: about 30 km. */
const LEAST_SPAN = 0.3;

/** The smallest box around points; null without any. */
export function boxOf(points: readonly Point[]): Box | null {
  const [first] = points;
  if (!first) return null;
  let [west, south, east, north] = [first[0], first[1], first[0], first[1]];
  for (const [x, y] of points) {
    west = Math.min(west, x);
    east = Math.max(east, x);
    south = Math.min(south, y);
    north = Math.max(north, y);
  }
  return { west, south, east, north };
}

/** A box with a share of its size around it, and never a smaller one than can be told apart. */
export function widened({ west, south, east, north }: Box, share: number): Box {
  const grow = (from: number, to: number): readonly [number, number] => {
    const half = (Math.max(to - from, LEAST_SPAN) / 2) * (1 + 2 * share);
    return [(from + to) / 2 - half, (from + to) / 2 + half];
  };
  const [left, right] = grow(west, east);
  const [bottom, top] = grow(south, north);
  return { west: left, south: bottom, east: right, north: top };
}

const RADIANS = Math.PI / 180;

/** How much narrower a degree of longitude is than one of latitude. */
const narrowing = ({ south, north }: Box): number => Math.cos(((south + north) / 2) * RADIANS);

/** Height of a box by its width, as it is drawn. */
export const aspectOf = (box: Box): number =>
  (box.north - box.south) / ((box.east - box.west) * narrowing(box));

/** Fits a box into the middle of a sheet, as large as it can be. */
export function projectionInto(box: Box, { width, height }: Size): Projection {
  const narrow = narrowing(box);
  const [wide, high] = [(box.east - box.west) * narrow, box.north - box.south];
  const scale = Math.min(width / wide, height / high);
  const left = (width - wide * scale) / 2;
  const top = (height - high * scale) / 2;
  return ([x, y]) => [left + (x - box.west) * narrow * scale, top + (box.north - y) * scale];
}

/** Tenths of a pixel are finer than anybody sees. */
const tenths = (value: number): number => Math.round(value * 10) / 10;

/** Lines as the path of an SVG; a point that falls on the one before is left out. */
export function pathOf(lines: readonly Line[], project: Projection): string {
  const steps = lines.flatMap((line) => {
    let before = "";
    return line.flatMap((point) => {
      const [x, y] = project(point);
      const place = `${tenths(x)} ${tenths(y)}`;
      if (place === before) return [];
      const letter = before === "" ? "M" : "L";
      before = place;
      return [letter + place];
    });
  });
  return steps.join("");
}
