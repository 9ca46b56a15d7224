import fc from "fast-check";
import { expect, test } from "vitest";
import {
  MAX_BYTES,
  MAX_POINTS,
  parseBoundaries,
  Unfit,
} from "../../../../client/desk/seeing/boundaries.ts";

const RING = [
  [36, 35],
  [36.5, 35],
  [36.5, 35.5],
  [36, 35],
];

const read = (value: unknown) => parseBoundaries(JSON.stringify(value));

function flawOf(text: string): string {
  try {
    parseBoundaries(text);
  } catch (error) {
    if (error instanceof Unfit) return error.flaw;
    throw error;
  }
  return "none";
}

const flawIn = (value: unknown): string => flawOf(JSON.stringify(value));

test.each([
  ["a line", { type: "LineString", coordinates: RING }, 1],
  ["lines", { type: "MultiLineString", coordinates: [RING, RING] }, 2],
  ["an area with a hole", { type: "Polygon", coordinates: [RING, RING] }, 2],
  ["areas", { type: "MultiPolygon", coordinates: [[RING], [RING, RING]] }, 3],
])("%s", (_name, geometry, count) => {
  expect(read(geometry)).toHaveLength(count);
  expect(read({ type: "Feature", properties: { name: "x" }, geometry })).toHaveLength(count);
  const features = [
    { type: "Feature", properties: null, geometry },
    { type: "Feature", geometry: null },
  ];
  expect(read({ type: "FeatureCollection", features })).toEqual(read(geometry));
});

test("a height beside longitude and latitude is left behind", () => {
  const coordinates = RING.map((point) => [...point, 812.5]);
  expect(read({ type: "LineString", coordinates })).toEqual([RING]);
});

const line = (...coordinates: unknown[]) => ({ type: "LineString", coordinates });

test.each([
  ["no JSON", "not_json", "<svg onload=alert(1)>"],
  ["nothing at all", "not_json", ""],
  ["an open bracket and no end", "not_json", "[".repeat(200_000)],
  ["JSON of something else", "not_geojson", '{"v":1}'],
  ["a list", "not_geojson", "[]"],
  ["a type that every object inherits", "not_geojson", '{"type":"constructor","coordinates":[]}'],
  ["a prototype", "not_geojson", '{"__proto__":{"type":"LineString","coordinates":[[1,2],[3,4]]}}'],
  ["a point", "not_geojson", '{"type":"Point","coordinates":[1,2]}'],
  ["geometries in one another", "not_geojson", '{"type":"GeometryCollection","geometries":[]}'],
  [
    "a collection in a collection",
    "not_geojson",
    '{"type":"FeatureCollection","features":[{"type":"FeatureCollection","features":[]}]}',
  ],
  ["text for a number", "not_geojson", JSON.stringify(line(["36", 35], [36, 35]))],
  ["a place that is no list", "not_geojson", JSON.stringify(line({ 0: 36, 1: 35 }, [36, 35]))],
  [
    "lists in lists",
    "not_geojson",
    `{"type":"Polygon","coordinates":${"[".repeat(5000)}${"]".repeat(5000)}}`,
  ],
  ["one point for a line", "not_geojson", JSON.stringify(line([36, 35]))],
  ["metres", "outside", JSON.stringify(line([243_512.4, 3_934_221.9], [243_513, 3_934_222]))],
  ["a number without end", "outside", '{"type":"LineString","coordinates":[[1e999,0],[0,0]]}'],
  ["no line", "nothing", '{"type":"FeatureCollection","features":[]}'],
])("what is no boundaries is refused: %s", (_name, flaw, text) => {
  expect(flawOf(text)).toBe(flaw);
});

test("more than can be drawn is refused, by its length and by its points", () => {
  expect(flawOf(" ".repeat(MAX_BYTES + 1))).toBe("too_large");
  const many = Array.from({ length: MAX_POINTS / 2 + 1 }, () => [1, 1]);
  expect(flawIn({ type: "MultiLineString", coordinates: [many, many] })).toBe("too_large");
});

test("whatever a file holds, it is read or refused with a reason", () => {
  fc.assert(fc.property(fc.json({ maxDepth: 6 }), (text) => flawOf(text).length > 0));
});

test("nothing but numbers comes out of a file", () => {
  const hostile = { name: "<img src=x onerror=alert(1)>", "\u202e": "x" };
  const lines = read({
    type: "FeatureCollection",
    name: "<script>",
    features: [{ type: "Feature", id: "<b>", properties: hostile, geometry: line(...RING) }],
  });
  expect(lines.flat(2).every((value) => typeof value === "number")).toBe(true);
});
