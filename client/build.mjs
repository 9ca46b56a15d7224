/**
 * Builds the client into server/amana/static, byte for byte the same from the same sources.
 *
 * Conventions for the bundles
 * - report/index.html, desk/index.html: `src="app.tsx"`, `href="style.css"`, `href="icons/NAME"` and
 *   `href="manifest.webmanifest"` become addresses of built files, with integrity for scripts and styles.
 *   `__BUILD__` becomes the build id; the server puts the root print for `__ROOT_PRINT__`.
 * - report/seal.ts: the exports of the entry are the global `amanaSeal` once the script of the part `seal` ran.
 * - `virtual:` modules (declared in shared/virtual.d.ts): vocabulary, labels, language, areas, parts, and, for the
 *   service worker, shell.
 * - The reporter's scripts and the service worker must pass the floor of bundle/gate.mjs.
 *
 * usage: node build.mjs [OUTPUT]
 */
import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { sha256, write } from "./bundle/assets.mjs";
import { compileDesk, writeDesk } from "./bundle/desk.mjs";
import { compileReport, writeReport } from "./bundle/report.mjs";

const OUTPUT = fileURLToPath(new URL("../server/amana/static/", import.meta.url));

/** @param {string} page @param {string} id */
const withBuild = (page, id) => page.replaceAll("__BUILD__", id);

/** @param {string} output folder; what was in it is gone afterwards */
export async function buildClient(output) {
  const [report, desk] = await Promise.all([compileReport(), compileDesk()]);
  const build = sha256(report.digest + desk.digest, "hex").slice(0, 12);
  rmSync(output, { recursive: true, force: true });
  const files = await writeReport(join(output, "report"), report, withBuild(report.page, build));
  writeDesk(join(output, "desk"), desk.assets, withBuild(desk.page, build));
  write(join(output, "build.json"), `${JSON.stringify({ build, report: files }, null, 2)}\n`);
  return build;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const build = await buildClient(resolve(process.argv[2] ?? OUTPUT));
  process.stdout.write(`built ${build}\n`);
}
