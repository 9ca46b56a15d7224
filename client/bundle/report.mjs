/** The reporter's half of the output: static/report. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { asset, describe, sha256, write, writeAsset } from "./assets.mjs";
import { compile, REPORTER_TARGET } from "./compile.mjs";
import { checkFloor } from "./gate.mjs";
import { linkManifest, linkPage, squeeze } from "./page.mjs";
import { CLIENT, LANGUAGES, languagePack, placePack } from "./sources.mjs";

/** @typedef {import("./assets.mjs").Asset} Asset */

const SOURCE = join(CLIENT, "report");
const ROOT_PRINT = "__ROOT_PRINT__";
const ROOT_PRINT_LENGTH = 43;
/** Also in the server's shell.py, which knows the page's hash only once the root print is in it. */
const PAGE_SHA256 = "__PAGE_SHA256__";

/** @param {string} name @param {Parameters<typeof compile>[1]} options */
async function script(name, options) {
  const { code, inputs } = await compile(name, options);
  checkFloor(name, code);
  return { code, inputs };
}

/** Parts that the app loads after its first paint, by name. @returns {Promise<{ parts: Record<string, Asset>, inputs: string[] }>} */
async function buildParts() {
  const seal = await script("report/seal.ts", { target: REPORTER_TARGET, globalName: "amanaSeal" });
  const parts = {
    seal: asset("seal.js", seal.code),
    places: asset("places.json", JSON.stringify(placePack())),
  };
  const languages = LANGUAGES.slice(1).map((lang) => [
    `language-${lang}`,
    asset(`language-${lang}.json`, JSON.stringify(languagePack(lang))),
  ]);
  return { parts: { ...parts, ...Object.fromEntries(languages) }, inputs: seal.inputs };
}

/** @returns {Map<string, Asset>} icons by the name that pages and the manifest use */
function buildIcons() {
  const folder = join(SOURCE, "icons");
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  return new Map(
    names.map((name) => [`icons/${name}`, asset(name, readFileSync(join(folder, name)))]),
  );
}

/** The list the service worker verifies: every asset and the page, whose hash the server fills in. @param {Asset[]} assets @param {string} page */
function shellList(assets, page) {
  const places = page.split(ROOT_PRINT).length - 1;
  const bytes = Buffer.byteLength(page) + places * (ROOT_PRINT_LENGTH - ROOT_PRINT.length);
  return [
    { url: "/", sha256: PAGE_SHA256, bytes },
    ...assets.map(({ url, sha256, body }) => ({ url, sha256, bytes: body.length })),
  ];
}

/**
 * Compiles everything of the reporter.
 * @returns {Promise<{ assets: Asset[], form: Asset[], page: string, manifest: string | null, inputs: string[], digest: string }>}
 *   `page` still holds the placeholders `__ROOT_PRINT__` and `__BUILD__`
 */
export async function compileReport() {
  const { parts, inputs } = await buildParts();
  const described = Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [name, describe(part)]),
  );
  const app = await script("report/app.tsx", {
    target: REPORTER_TARGET,
    built: { parts: described },
  });
  const style = await compile("report/style.css", { target: REPORTER_TARGET });
  const form = [asset("app.js", app.code), asset("style.css", style.code)];
  const icons = buildIcons();
  const assets = [...form, ...Object.values(parts), ...icons.values()];
  const built = new Map([
    ...icons,
    ["app.tsx", /** @type {Asset} */ (form[0])],
    ["style.css", /** @type {Asset} */ (form[1])],
  ]);
  const manifestFile = join(SOURCE, "manifest.webmanifest");
  const manifest = existsSync(manifestFile)
    ? linkManifest(readFileSync(manifestFile, "utf8"), built)
    : null;
  const names = new Map(/** @type {[string, Asset | string][]} */ ([...built]));
  names.set("manifest.webmanifest", "/manifest.webmanifest");
  const page = squeeze(linkPage(readFileSync(join(SOURCE, "index.html"), "utf8"), names));
  const digest = sha256([page, manifest, ...assets.map((item) => item.url)].join("\n"), "hex");
  return { assets, form, page, manifest, inputs: [...inputs, ...app.inputs], digest };
}

/**
 * Writes static/report and names its files for the byte budget.
 * @param {string} folder @param {Awaited<ReturnType<typeof compileReport>>} report @param {string} page with the build id in it
 */
export async function writeReport(folder, report, page) {
  const { assets, form, manifest } = report;
  const worker = await script("sw/sw.ts", {
    target: REPORTER_TARGET,
    built: { shell: shellList(assets, page) },
  });
  for (const item of assets) writeAsset(folder, item);
  write(join(folder, "index.html"), page);
  write(join(folder, "sw.js"), worker.code);
  if (manifest) write(join(folder, "manifest.webmanifest"), manifest);
  const outside = ["sw.js", ...(manifest ? ["manifest.webmanifest"] : [])];
  return {
    form: ["index.html", ...form.map((item) => item.path)],
    offline: ["index.html", ...outside, ...assets.map((item) => item.path)],
  };
}
