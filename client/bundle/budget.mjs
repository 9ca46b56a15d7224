/**
 * The byte budget of the reporter app, brotli-compressed as the server sends it: `node bundle/budget.mjs [STATIC]`.
 * Prints a table; exits with 1 above the budget.
 */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotli } from "./assets.mjs";

const STATIC = fileURLToPath(new URL("../../server/amana/static/", import.meta.url));

/**
 * In bytes: until the Arabic form is usable, until everything that a report needs offline is stored, and what else comes
 * when there is time (carrying, comparing the page, reading an answer).
 */
const BUDGET = { form: 30_000, offline: 75_000, soon: 35_000 };

/** What the server fills into pages, in the lines of server/amana/data/appearance.json. */
const APPEARANCE = new URL("../../server/amana/data/appearance.json", import.meta.url);
const ORDINARY = JSON.parse(readFileSync(APPEARANCE, "utf8")).exit.lines.join("</p><p>");

/** Bytes on the wire: the compressed sibling where there is one, pages as the server compresses them. @param {string} file */
function wireBytes(file) {
  if (existsSync(`${file}.br`)) return readFileSync(`${file}.br`).length;
  return brotli(Buffer.from(readFileSync(file, "utf8").replace("__ORDINARY__", ORDINARY))).length;
}

/** @param {string} folder @param {string} name @param {string[]} files @param {number} budget */
function measure(folder, name, files, budget) {
  const rows = files.map((file) => ({ file, bytes: wireBytes(join(folder, file)) }));
  const sum = rows.reduce((total, row) => total + row.bytes, 0);
  const lines = [`${name}: ${sum} of ${budget} bytes`];
  for (const { file, bytes } of rows) lines.push(`${String(bytes).padStart(8)}  ${file}`);
  process.stdout.write(`${lines.join("\n")}\n`);
  return sum <= budget;
}

const root = resolve(process.argv[2] ?? STATIC);
const { report } = JSON.parse(readFileSync(join(root, "build.json"), "utf8"));
const folder = join(root, "report");
const within = [
  measure(folder, "form", report.form, BUDGET.form),
  measure(folder, "offline", report.offline, BUDGET.offline),
  measure(folder, "soon", report.soon, BUDGET.soon),
];
if (within.includes(false)) process.exitCode = 1;
