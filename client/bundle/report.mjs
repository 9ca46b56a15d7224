/** The reporter's half of the output: static/report. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { asset, assetFiles, describeAll, sha256 } from "./assets.mjs";
import { compile, REPORTER_TARGET } from "./compile.mjs";
import { checkFloor } from "./gate.mjs";
import { filledLength, linkManifest, linkPage, squeeze, withBuild } from "./page.mjs";
import { CLIENT, LANGUAGES, languagePack, placePack } from "./sources.mjs";

/** @typedef {import("./assets.mjs").Asset} Asset */
/** @typedef {import("./assets.mjs").File} File */

const SOURCE = join(CLIENT, "report");
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

/**
 * The service worker with the list that it verifies: every asset, and the page, whose hash the server fills in.
 * @param {Asset[]} assets @param {string} page
 */
const buildWorker = (assets, page) =>
  script("sw/sw.ts", {
    target: REPORTER_TARGET,
    built: {
      shell: [
        { url: "/", sha256: PAGE_SHA256, bytes: filledLength(page) },
        ...assets.map(({ url, sha256, body }) => ({ url, sha256, bytes: body.length })),
      ],
    },
  });

/** The page and the manifest as far as a build can fill them. @param {Map<string, Asset>} built by the name in the page */
function buildPage(built) {
  const source = (/** @type {string} */ name) => readFileSync(join(SOURCE, name), "utf8");
  const manifest = existsSync(join(SOURCE, "manifest.webmanifest"))
    ? linkManifest(source("manifest.webmanifest"), built)
    : null;
  const names = new Map(/** @type {[string, Asset | string][]} */ ([...built]));
  names.set("manifest.webmanifest", "/manifest.webmanifest");
  return { manifest, page: squeeze(linkPage(source("index.html"), names)) };
}

/**
 * Compiles everything of the reporter. `form` are the assets that make the Arabic form usable; `page` still holds the
 * placeholders `__ROOT_PRINT__` and `__BUILD__`, `worker` the page's hash.
 */
export async function compileReport() {
  const { parts, inputs } = await buildParts();
  const app = await script("report/app.tsx", {
    target: REPORTER_TARGET,
    built: { parts: describeAll(parts) },
  });
  const link = await script("report/link.ts", { target: REPORTER_TARGET });
  const style = await compile("report/style.css", { target: REPORTER_TARGET });
  const entries = new Map([
    ["app.tsx", asset("app.js", app.code)],
    ["link.ts", asset("link.js", link.code)],
    ["style.css", asset("style.css", style.code)],
  ]);
  const form = [...entries.values()];
  const icons = buildIcons();
  const assets = [...form, ...Object.values(parts), ...icons.values()];
  const { page, manifest } = buildPage(new Map([...icons, ...entries]));
  const worker = await buildWorker(assets, page);
  const digest = sha256([page, manifest, worker.code].join("\n"), "hex");
  return {
    assets,
    form,
    page,
    manifest,
    worker: worker.code,
    inputs: [...inputs, ...app.inputs, ...link.inputs, ...worker.inputs],
    digest,
  };
}

/**
 * The files of static/report, and which of them the byte budget counts.
 * @param {Awaited<ReturnType<typeof compileReport>>} report @param {string} build the build id
 * @returns {{ files: File[], budget: { form: string[], offline: string[] } }}
 */
export function reportFiles({ assets, form, page, manifest, worker }, build) {
  /** @type {File[]} */
  const pages = [
    ["index.html", withBuild(page, build)],
    ["sw.js", worker],
    ...(manifest ? [/** @type {File} */ (["manifest.webmanifest", manifest])] : []),
  ];
  const paths = (/** @type {Asset[]} */ items) => items.map(({ path }) => path);
  return {
    files: [...pages, ...assets.flatMap(assetFiles)],
    budget: {
      form: ["index.html", ...paths(form)],
      offline: [...pages.map(([path]) => path), ...paths(assets)],
    },
  };
}
