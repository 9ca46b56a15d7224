/**
 * What the client takes of the administrative areas and the places. They come in two files, which also say which
 * governorates travel with the reporter app; docs/PLACES.md says how they are made.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { patchFor } from "./latin.mjs";

/** The folder with both files; another country's, as `amana places import` writes it, where the environment names one. */
const FOLDER =
  process.env.AMANA_PLACES || fileURLToPath(new URL("../../server/amana/data/", import.meta.url));

/** @param {string} name */
const text = (name) => readFileSync(join(FOLDER, name), "utf8");
const [admin, places] = ["admin.json", "places.json"].map((name) => JSON.parse(text(name)));

/** Both files as they are, for the server: it must know the areas that the apps know. @type {import("./assets.mjs").File[]} */
export const PLACE_FILES = ["admin.json", "places.json"].map((name) => [name, text(name)]);

/** A governorate, district or subdistrict; some know a point of theirs. @typedef {{ p: string, ar: string, en: string, parent?: string, lat?: number, lon?: number }} Area */

/** @type {readonly string[]} */
const CARRIED = admin.carried;
/** Rows of places: code, Latin name, Arabic name, subdistrict, two numbers, kind, other names. @type {readonly any[][]} */
const ROWS = places.rows;
const LEVELS = /** @type {readonly Area[][]} */ ([admin.adm1, admin.adm2, admin.adm3]);

/** Arabic letters are packed as ASCII, those from U+0621 on as `@` and what follows it. */
const FIRST_ASCII = "@".charCodeAt(0);
const LAST_ASCII = "{".charCodeAt(0);
const SHIFT = 0x621 - FIRST_ASCII;

/** The governorates whose places are fetched when somebody needs them. @type {readonly Area[]} */
export const OTHER_GOVERNORATES = admin.adm1.filter(
  (/** @type {Area} */ { p }) => !CARRIED.includes(p),
);

/** Codes of all governorates. @type {readonly string[]} */
export const ALL_GOVERNORATES = admin.adm1.map((/** @type {Area} */ { p }) => p);

/** Names of all administrative areas, by level: `[code, { ar, en }]`. */
export function areas() {
  const names = (/** @type {Area[]} */ level) =>
    level.map(({ p, ar, en }) => /** @type {const} */ ([p, { ar, en }]));
  return { adm1: names(admin.adm1), adm2: names(admin.adm2), adm3: names(admin.adm3) };
}

/** @typedef {[x: number, y: number]} Point */
/** @typedef {readonly [code: string, point: Point]} AreaPoint */

/**
 * A point in each governorate and subdistrict, longitude first: its own, or the middle of its places' points. An area
 * without either is not in it.
 */
export function areaPoints() {
  const places = ROWS.flatMap(([, , , adm3, lat, lon]) => pointAt(adm3, lat, lon));
  const inEach = (/** @type {Area[]} */ level) => level.flatMap((area) => pointIn(area, places));
  return { adm1: inEach(admin.adm1), adm3: inEach(admin.adm3) };
}

/** @param {string} code @param {unknown} lat @param {unknown} lon @returns {AreaPoint[]} none where a part is missing */
const pointAt = (code, lat, lon) =>
  typeof lat === "number" && typeof lon === "number" ? [[code, [lon, lat]]] : [];

/** @param {Area} area @param {readonly AreaPoint[]} places @returns {AreaPoint[]} */
function pointIn({ p, lat, lon }, places) {
  const own = pointAt(p, lat, lon);
  const inside = places.filter(([code]) => code.startsWith(p)).map(([, point]) => point);
  if (own.length > 0 || inside.length === 0) return own;
  const middle = (/** @type {0 | 1} */ axis) =>
    Number((inside.reduce((sum, point) => sum + point[axis], 0) / inside.length).toFixed(4));
  return [[p, [middle(0), middle(1)]]];
}

/**
 * The places of governorates in columns, as shared/places.ts reads them.
 * @param {readonly string[]} governorates by their codes; without any, those that travel with the app
 * @returns {import("../shared/places.ts").PackedPlaces}
 */
export function placePack(governorates = CARRIED) {
  const areas = inside(undefined, 0).filter(({ p }) =>
    governorates.some((code) => p.startsWith(code)),
  );
  const rows = areas.flatMap(({ p }) => ROWS.filter((row) => row[3] === p));
  const ar = joined([...areas.map((area) => area.ar), ...rows.map((row) => row[2])]);
  const en = [...areas.map((area) => area.en), ...rows.map((row) => row[1])];
  return {
    areas: joined(areas.map((area) => areaCell(area, rows))),
    codes: joined(packCodes(rows.map(([code]) => code))),
    ...(isShiftable(ar) ? { ar: shift(ar), shift: SHIFT } : { ar, shift: 0 }),
    en: joined(en.map((name, at) => patchFor(ar.split("|")[at] ?? "", name))),
    alias: joined(rows.map((row) => joined(row[7] ?? [], ";"))),
  };
}

/** The areas of a level that lie in one, each with what lies in it. @param {string | undefined} code @param {number} level @returns {Area[]} */
const inside = (code, level) =>
  (LEVELS[level] ?? [])
    .filter(({ parent }) => parent === code)
    .flatMap((area) => [area, ...inside(area.p, level + 1)]);

/** @param {Area} area @param {any[][]} rows */
function areaCell({ p, parent = "" }, rows) {
  if (!p.startsWith(parent)) throw new Error(`The code ${p} does not begin with ${parent}.`);
  const isSubdistrict = LEVELS[2]?.some((area) => area.p === p);
  const places = isSubdistrict ? `:${rows.filter((row) => row[3] === p).length}` : "";
  return p.slice(parent.length) + places;
}

/** @param {string[]} cells */
function joined(cells, by = "|") {
  if (cells.some((cell) => cell.includes(by))) throw new Error(`A name holds ${by}.`);
  return cells.join(by);
}

/** Codes, each as what it adds to the one before where that is shorter. @param {string[]} codes */
const packCodes = (codes) => codes.map((code, at) => step(codes[at - 1] ?? "", code) ?? code);

/** @param {string} before @param {string} code @returns {string | null} null where a step does not lead there */
function step(before, code) {
  const parts = /^(\D+)(\d+)$/;
  const [, letters, number = ""] = parts.exec(code) ?? [];
  const [, lettersBefore, numberBefore = ""] = parts.exec(before) ?? [];
  const by = Number(number) - Number(numberBefore);
  if (!letters || letters !== lettersBefore || code.length !== before.length || by < 1) return null;
  return by === 1 ? "" : String(by);
}

/** Whether letters can be told from ASCII ones when they are shifted. @param {string} text */
const isShiftable = (text) =>
  [...text].every((letter) => letter < "@" || letter === "|" || isLetter(letter));

/** @param {string} letter */
const isLetter = (letter) => {
  const ascii = letter.charCodeAt(0) - SHIFT;
  return ascii >= FIRST_ASCII && ascii <= LAST_ASCII;
};

/** @param {string} text */
const shift = (text) =>
  text.replace(/[^\0-?|]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - SHIFT));
