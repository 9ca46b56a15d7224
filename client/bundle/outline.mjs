/**
 * The map of the desk: where areas lie, and the outline of the country around them. The outline is that country of the
 * world (Natural Earth, in the package world-atlas) in which most of the areas lie: no code of a country is looked up.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { areaPoints } from "./places.mjs";
import { CLIENT } from "./sources.mjs";

/** The file of the package, as a bundle's input: its licence travels with what is taken from it. */
export const OUTLINES = "node_modules/world-atlas/countries-10m.json";

/** About a hundred metres. */
const DIGITS = 3;

/** Degrees, longitude before latitude. @typedef {[x: number, y: number]} Point */
/** A closed line. @typedef {Point[]} Ring */
/** @typedef {{ transform: { scale: Point, translate: Point }, arcs: Point[][], objects: { countries: { geometries: Shape[] } } }} World */
/** @typedef {{ type: "Polygon", arcs: number[][] } | { type: "MultiPolygon", arcs: number[][][] }} Shape */

/** What the map is drawn from: see shared/virtual.d.ts. */
export function map() {
  const points = areaPoints();
  return { outline: outlineAround(points.adm3.map(([, point]) => point)), ...points };
}

/** The outline for the server, which draws it on paper. @type {() => import("./assets.mjs").File} */
export const outlineFile = () => ["outline.json", JSON.stringify(map().outline)];

/**
 * The rings of the country in which most of these points lie; none where none lies in any. @param {readonly Point[]} points
 */
export function outlineAround(points) {
  const counted = countries().map((rings) => ({ rings, count: countIn(rings, points) }));
  const best = counted.reduce((one, other) => (other.count > one.count ? other : one));
  return best.count > 0 ? best.rings.map((ring) => ring.map(rounded)) : [];
}

/** @param {Point} point @returns {Point} */
const rounded = ([x, y]) => [Number(x.toFixed(DIGITS)), Number(y.toFixed(DIGITS))];

/** The rings of every country, read from the lines that they share with one another (TopoJSON). @returns {Ring[][]} */
function countries() {
  const path = fileURLToPath(new URL(OUTLINES, `file://${CLIENT}`));
  const world = /** @type {World} */ (JSON.parse(readFileSync(path, "utf8")));
  const lines = world.arcs.map((arc) => lineOf(arc, world.transform));
  return world.objects.countries.geometries.map((shape) =>
    polygonsOf(shape).flatMap((arcs) => arcs.map((numbers) => ringOf(numbers, lines))),
  );
}

/** @param {Shape} shape */
const polygonsOf = (shape) => (shape.type === "Polygon" ? [shape.arcs] : shape.arcs);

/** Each point is written as a step from the one before. @param {Point[]} arc @param {World["transform"]} transform */
function lineOf(arc, { scale, translate }) {
  let [x, y] = [0, 0];
  return arc.map((step) => {
    x += step[0];
    y += step[1];
    return /** @type {Point} */ ([x * scale[0] + translate[0], y * scale[1] + translate[1]]);
  });
}

/** A number below zero stands for a line walked backwards. @param {number[]} numbers @param {Point[][]} lines @returns {Ring} */
function ringOf(numbers, lines) {
  const walked = numbers.map((number) =>
    number < 0 ? [...(lines[~number] ?? [])].reverse() : (lines[number] ?? []),
  );
  return walked.flatMap((line) => line.slice(1));
}

/** @param {Ring[]} rings @param {readonly Point[]} points */
function countIn(rings, points) {
  const corners = rings.flat();
  const spans = [0, 1].map((axis) => spanOf(corners.map((corner) => corner[axis] ?? 0)));
  const isNear = (/** @type {Point} */ point) =>
    spans.every(({ from, to }, axis) => (point[axis] ?? 0) >= from && (point[axis] ?? 0) <= to);
  return points.filter((point) => isNear(point) && isInside(rings, point)).length;
}

/** @param {number[]} numbers */
const spanOf = (numbers) => ({
  from: numbers.reduce((one, other) => Math.min(one, other)),
  to: numbers.reduce((one, other) => Math.max(one, other)),
});

/** Whether a line to the east of the point crosses the rings an odd number of times. @param {Ring[]} rings @param {Point} point */
function isInside(rings, [x, y]) {
  const crossed = rings.flatMap((ring) =>
    ring.filter((end, at) => {
      const start = /** @type {Point} */ (ring.at(at - 1));
      const isAcross = start[1] > y !== end[1] > y;
      return (
        isAcross && x < ((end[0] - start[0]) * (y - start[1])) / (end[1] - start[1]) + start[0]
      );
    }),
  );
  return crossed.length % 2 === 1;
}
