/**
 * Builds the client into server/amana/static, byte for byte the same from the same sources.
 *
 * Conventions for the bundles
 * - report/index.html, desk/index.html: `src="app.tsx"`, `href="style.css"`, `href="icons/NAME"` and
 *   `href="manifest.webmanifest"` become addresses of built files, with integrity for scripts and styles.
 *   `__BUILD__` becomes the build id; the server fills in the other marks (server/amana/report/shell.py).
 * - report/early.ts: runs before the first paint; the page refers to it as `src="early.ts"`.
 * - report/seal.ts: the exports of the entry are the global `amanaSeal` once the script of the part `seal` ran.
 * - `virtual:` modules (declared in shared/virtual.d.ts): vocabulary, labels, language, areas, parts, and, for the
 *   service worker, shell and later.
 * - The reporter's scripts and the service worker must pass the floor of bundle/gate.mjs.
 *
 * usage: node build.mjs [OUTPUT]
 */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { replaceFolder, sha256, under } from "./bundle/assets.mjs";
import { compileDesk, deskFiles } from "./bundle/desk.mjs";
import { licences } from "./bundle/licences.mjs";
import { outlineFile } from "./bundle/outline.mjs";
import { PLACE_FILES } from "./bundle/places.mjs";
import { compileReport, reportFiles } from "./bundle/report.mjs";

const OUTPUT = fileURLToPath(new URL("../server/amana/static/", import.meta.url));

/** Builds everything, then puts it in place of what the folder held. @param {string} output folder @returns the build id */
export async function buildClient(output) {
  const [report, desk] = await Promise.all([compileReport(), compileDesk()]);
  const build = sha256(report.digest + desk.digest, "hex").slice(0, 12);
  const { files, budget } = reportFiles(report, build);
  replaceFolder(output, [
    ...under("report", files),
    ...under("desk", deskFiles(desk, build)),
    ...under("places", [...PLACE_FILES, outlineFile()]),
    ["licences.txt", licences([...report.inputs, ...desk.inputs])],
    ["build.json", `${JSON.stringify({ build, report: budget }, null, 2)}\n`],
  ]);
  return build;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const build = await buildClient(resolve(process.argv[2] ?? OUTPUT));
  process.stdout.write(`built ${build}\n`);
}
