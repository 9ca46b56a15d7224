/** The desk's half of the output: static/desk. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { asset, describe, sha256, write, writeAsset } from "./assets.mjs";
import { compile, DESK_TARGET } from "./compile.mjs";
import { linkPage, squeeze } from "./page.mjs";
import { CLIENT, COUNTRY, placePack } from "./sources.mjs";

/** @typedef {import("./assets.mjs").Asset} Asset */

/**
 * Compiles everything of the desk. The app finds its worker and the places through `virtual:parts`.
 * @returns {Promise<{ assets: Asset[], page: string, inputs: string[], digest: string }>} `page` still holds `__BUILD__`
 */
export async function compileDesk() {
  const worker = await compile("desk/worker.ts", { target: DESK_TARGET });
  const parts = {
    worker: asset("worker.js", worker.code),
    places: asset("places.json", JSON.stringify(placePack(COUNTRY))),
  };
  const described = Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [name, describe(part)]),
  );
  const app = await compile("desk/app.tsx", { target: DESK_TARGET, built: { parts: described } });
  const style = await compile("desk/style.css", { target: DESK_TARGET });
  const built = new Map([
    ["app.tsx", asset("app.js", app.code)],
    ["style.css", asset("style.css", style.code)],
  ]);
  const page = squeeze(linkPage(readFileSync(join(CLIENT, "desk/index.html"), "utf8"), built));
  const assets = [...built.values(), ...Object.values(parts)];
  const digest = sha256([page, ...assets.map((item) => item.url)].join("\n"), "hex");
  return { assets, page, inputs: [...worker.inputs, ...app.inputs], digest };
}

/** @param {string} folder @param {Asset[]} assets @param {string} page with the build id in it */
export function writeDesk(folder, assets, page) {
  for (const item of assets) writeAsset(folder, item);
  write(join(folder, "index.html"), page);
}
