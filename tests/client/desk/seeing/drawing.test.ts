import map from "virtual:map";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  aspectOf,
  boxOf,
  type Point,
  pathOf,
  projectionInto,
  widened,
} from "../../../../client/desk/seeing/projection.ts";
import { radiusOf, shapePath, signsOf, withRoom } from "../../../../client/desk/seeing/signs.ts";
import { byArea } from "../../../../client/desk/seeing/tally.ts";

const SIZE = { width: 600, height: 400 };
const degrees = fc.tuple(
  fc.double({ min: -179, max: 179, noNaN: true }),
  fc.double({ min: -80, max: 80, noNaN: true }),
);

test("the outline goes around the country, and every subdistrict has a point", () => {
  expect(map.outline.length).toBeGreaterThan(0);
  expect(map.adm3.length).toBeGreaterThan(200);
  const box = boxOf(map.outline.flat());
  if (!box) throw new Error("an outline has a box");
  const isAround = ([x, y]: Point) =>
    x > box.west - 0.1 && x < box.east + 0.1 && y > box.south - 0.1 && y < box.north + 0.1;
  expect(map.adm3.filter(([, point]) => !isAround(point))).toEqual([]);
});

test("whatever lies in the box is drawn on the sheet, north above south and east right of west", () => {
  fc.assert(
    fc.property(fc.array(degrees, { minLength: 1, maxLength: 20 }), (points) => {
      const box = boxOf(points);
      if (!box) throw new Error("points have a box");
      const project = projectionInto(widened(box, 0.1), SIZE);
      const drawn = points.map(project);
      expect(drawn.every(([x, y]) => x >= 0 && x <= 600 && y >= 0 && y <= 400)).toBe(true);
      const [[x, y]] = [project([box.west, box.north])];
      expect(project([box.east, box.south]).every((at, axis) => at >= ([x, y][axis] ?? 0))).toBe(
        true,
      );
    }),
  );
});

test("a square on the ground is a square on the sheet", () => {
  const box = { west: 36, east: 36 + 1 / Math.cos((35 * Math.PI) / 180), south: 34.5, north: 35.5 };
  expect(aspectOf(box)).toBeCloseTo(1, 6);
  const project = projectionInto(box, { width: 300, height: 300 });
  expect(project([box.east, box.south]).map(Math.round)).toEqual([300, 300]);
});

test("one place alone has a map of some miles around it, and no place has none", () => {
  const one = boxOf([[36, 35]]);
  expect(one && widened(one, 0).east).toBeCloseTo(36.15, 6);
  expect(boxOf([])).toBeNull();
});

test("points that fall on one another are drawn once", () => {
  const project = ([x, y]: Point): Point => [x, y];
  expect(
    pathOf(
      [
        [
          [0, 0],
          [0.01, 0],
          [5, 5],
        ],
        [[1, 1]],
      ],
      project,
    ),
  ).toBe("M0 0L5 5M1 1");
});

test("twice as many cover twice the area, until the largest would be too large", () => {
  expect(radiusOf(8, 8) ** 2 / radiusOf(4, 8) ** 2).toBeCloseTo(2, 6);
  expect(radiusOf(20_000, 20_000)).toBeLessThan(27);
  expect(radiusOf(1, 20_000)).toBeGreaterThan(4);
});

/** Twice the signed area of a closed path of straight lines. */
function areaOf(path: string): number {
  const points = path
    .slice(1, -1)
    .split("L")
    .map((pair) => pair.split(" ").map(Number));
  const parts = points.map(([x = 0, y = 0], at) => {
    const [nextX = 0, nextY = 0] = points[(at + 1) % points.length] ?? [];
    return x * nextY - nextX * y;
  });
  return Math.abs(parts.reduce((sum, part) => sum + part, 0)) / 2;
}

test.each(["displacement", "shelter", "unknown"])("a %s has the area of its circle", (kind) => {
  expect(areaOf(shapePath(kind, [50, 50], 10)) / (Math.PI * 100)).toBeCloseTo(1, 2);
});

const tallies = byArea(
  ["displacement", "shelter", "safety"].map((kind) => ({
    kind,
    adm3: "SY060200",
    day: null,
    isEvent: kind === "safety",
    severity: 0,
  })),
);

test("kinds of one area stand beside one another around its point, and only events are filled", () => {
  const points = new Map<string, Point>([["SY060200", [36, 35]]]);
  const [sign] = signsOf(tallies, points, () => [100, 100], SIZE);
  const places = sign?.shapes.map(({ at: [x] }) => x) ?? [];
  expect(places).toEqual([...places].sort((one, other) => one - other));
  expect(places.reduce((sum, x) => sum + x, 0) / 3).toBeCloseTo(100, 6);
  expect(sign?.shapes.map(({ isEvent }) => isEvent)).toEqual([false, false, true]);
  expect(signsOf(tallies, new Map(), () => [0, 0], SIZE)).toEqual([]);
});

test("signs at the edge are moved onto the sheet, and those beyond it stay there", () => {
  const points = new Map<string, Point>([["SY060200", [36, 35]]]);
  const westOf = (x: number) => {
    const [sign] = signsOf(tallies, points, () => [x, 100], SIZE);
    return Math.min(...(sign?.shapes ?? []).map(({ at, radius }) => at[0] - radius));
  };
  expect(westOf(3)).toBeGreaterThan(0);
  expect(westOf(-300)).toBeLessThan(-300);
});

test("a name gives way to those before it, to signs and to the edge", () => {
  const label = (key: string, at: Point) => ({ key, text: "Jablah", at });
  const points = new Map<string, Point>([["SY060200", [36, 35]]]);
  const signs = signsOf(tallies, points, () => [300, 300], SIZE);
  const labels = [
    label("first", [100, 100]),
    label("over it", [110, 105]),
    label("beside it", [200, 100]),
    label("on a sign", [300, 305]),
    label("off the sheet", [2, 100]),
  ];
  expect(withRoom(labels, signs, SIZE).map(({ key }) => key)).toEqual(["first", "beside it"]);
});
