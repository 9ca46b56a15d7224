/** The desk's half of the output: static/desk. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { asset, assetFiles, describeAll, sha256 } from "./assets.mjs";
import { compile, DESK_TARGET } from "./compile.mjs";
import { OUTLINES } from "./outline.mjs";
import { linkPage, squeeze, withBuild } from "./page.mjs";
import { ALL_GOVERNORATES, placePack } from "./places.mjs";
import { CLIENT } from "./sources.mjs";

/** @typedef {import("./assets.mjs").Asset} Asset */
/** @typedef {import("./assets.mjs").File} File */

/**
 * Compiles everything of the desk. The app finds its workers and the places through `virtual:parts`.
 * @returns {Promise<{ assets: Asset[], page: string, inputs: string[], digest: string }>} `page` still holds `__BUILD__`
 */
export async function compileDesk() {
  const worker = await compile("desk/worker.ts", { target: DESK_TARGET });
  const packer = await compile("desk/packer.ts", { target: DESK_TARGET });
  const parts = {
    packer: asset("packer.js", packer.code),
    worker: asset("worker.js", worker.code),
    places: asset("places.json", JSON.stringify(placePack(ALL_GOVERNORATES))),
  };
  const app = await compile("desk/app.tsx", {
    target: DESK_TARGET,
    built: { parts: describeAll(parts) },
  });
  const style = await compile("desk/style.css", { target: DESK_TARGET });
  const built = new Map([
    ["app.tsx", asset("app.js", app.code)],
    ["style.css", asset("style.css", style.code)],
  ]);
  const page = squeeze(linkPage(readFileSync(join(CLIENT, "desk/index.html"), "utf8"), built));
  const assets = [...built.values(), ...Object.values(parts)];
  const digest = sha256([page, ...assets.map((item) => item.url)].join("\n"), "hex");
  return {
    assets,
    page,
    inputs: [...worker.inputs, ...packer.inputs, ...app.inputs, OUTLINES],
    digest,
  };
}

/**
 * The files of static/desk.
 * @param {Awaited<ReturnType<typeof compileDesk>>} desk @param {string} build the build id @returns {File[]}
 */
export const deskFiles = ({ assets, page }, build) => [
  ["index.html", withBuild(page, build)],
  ...assets.flatMap(assetFiles),
];
