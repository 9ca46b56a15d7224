/** The reporter's half of the output: static/report. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { asset, assetFiles, brotli, describeAll, sha256 } from "./assets.mjs";
import { compile, REPORTER_TARGET } from "./compile.mjs";
import { checkFloor } from "./gate.mjs";
import { LANGUAGES } from "./languages.mjs";
import { lendable } from "./lending.mjs";
import { packedLanguage } from "./packed.mjs";
import { linkManifest, linkPage, squeeze, withBuild } from "./page.mjs";
import { OTHER_GOVERNORATES, placePack } from "./places.mjs";
import { speakAll } from "./plain.mjs";
import { shrink } from "./shrink.mjs";
import { CLIENT } from "./sources.mjs";

/** @typedef {import("./assets.mjs").Asset} Asset */
/** @typedef {import("./assets.mjs").File} File */

const SOURCE = join(CLIENT, "report");
const HASH_DIGITS = 64;
const APP = "report/app.tsx";
/** The documents whose hashes the server's shell.py fills in, once it has filled in what a build cannot know. */
const DOCUMENTS = [
  { url: "/", sha256: "__PAGE_SHA256__" },
  { url: "/page", sha256: "__ORDINARY_SHA256__" },
];

/** @param {string} name @param {Parameters<typeof compile>[1]} options */
async function script(name, options) {
  const compiled = await compile(name, options);
  const code = await shrink(compiled.code);
  checkFloor(name, code);
  return { ...compiled, code };
}

/**
 * What is loaded after the first paint, by name: `parts` belong to the shell; `soon` is fetched when somebody needs it, or
 * when the phone has had the shell for a while; `later` when somebody needs it, as are the places of `governorates`. All
 * is kept from then on. `lent` are the modules that the app lends to the others.
 * @typedef {Record<string, Asset>} Parts
 * @returns {Promise<{ parts: Parts, soon: Parts, later: Parts, governorates: Asset[], inputs: string[], lent: string[] }>}
 */
async function buildParts() {
  const available = await appModules();
  const governorates = OTHER_GOVERNORATES.map(({ p }) =>
    asset(`places-${p}.json`, JSON.stringify(placePack([p]))),
  );
  const built = { governorates: describeGovernorates(governorates) };
  const later = (/** @type {string} */ entry, /** @type {string} */ globalName) =>
    script(`report/${entry}`, { target: REPORTER_TARGET, globalName, available, built });
  const alone = (/** @type {string} */ entry, /** @type {string} */ globalName) =>
    script(`report/${entry}`, { target: REPORTER_TARGET, globalName });
  const seal = await alone("seal.ts", "amanaSeal");
  const places = await later("places/places.tsx", "amanaPlaces");
  const annex = await later("annex/annex.tsx", "amanaAnnex");
  const carry = await later("carry/carry.tsx", "amanaCarry");
  const answer = await later("answer/answer.tsx", "amanaAnswer");
  const real = await later("real/real.tsx", "amanaReal");
  const reader = await alone("reader.ts", "amanaReader");
  const borrowers = [places, annex, carry, answer, real];
  return {
    parts: {
      // In one file what is alike costs once: 0.9 kB less than two.
      seal: asset("seal.js", `${seal.code}\n${annex.code}`),
      places: asset("places.js", places.code),
    },
    soon: {
      carry: asset("carry.js", carry.code),
      real: asset("real.js", real.code),
      answer: asset("answer.js", answer.code),
      reader: asset("reader.js", reader.code),
    },
    later: {
      ...languageParts(),
      "places-latin": asset("places-latin.txt", placePack().en),
    },
    governorates,
    inputs: [seal, reader, ...borrowers].flatMap(({ inputs }) => inputs),
    lent: [...new Set(borrowers.flatMap(({ borrowed }) => borrowed))],
  };
}

/** Every language but the one that is compiled in. */
const languageParts = () =>
  Object.fromEntries(
    LANGUAGES.slice(1).map((lang) => [
      `language-${lang}`,
      asset(`language-${lang}.json`, JSON.stringify(packedLanguage(lang))),
    ]),
  );

/** What the question of the place has to know of governorates to fetch them. @param {readonly Asset[]} assets */
const describeGovernorates = (assets) =>
  OTHER_GOVERNORATES.map(({ p, ar, en }, at) => {
    const { url, integrity, body } = /** @type {Asset} */ (assets[at]);
    return { code: p, ar, en, url, integrity, bytes: brotli(body).length };
  });

/** What the app consists of, and can lend to the scripts that come later. */
async function appModules() {
  const { inputs } = await compile(APP, { target: REPORTER_TARGET, built: { parts: {} } });
  return lendable(inputs);
}

/** @returns {Map<string, Asset>} icons by the name that pages and the manifest use */
function buildIcons() {
  const folder = join(SOURCE, "icons");
  const names = readdirSync(folder).sort();
  return new Map(
    names.map((name) => [`icons/${name}`, asset(name, readFileSync(join(folder, name)))]),
  );
}

/**
 * The service worker with the lists that it verifies: every asset, and the documents. Half a hash of what comes later
 * saves every phone 0.3 kB.
 * @param {Asset[]} assets of the shell @param {Asset[]} soon @param {Asset[]} later
 */
function buildWorker(assets, soon, later) {
  const entries = (/** @type {Asset[]} */ items, digits = HASH_DIGITS) =>
    items.map(({ url, sha256 }) => ({ url, sha256: sha256.slice(0, digits) }));
  return script("sw/sw.ts", {
    target: REPORTER_TARGET,
    built: {
      shell: [...DOCUMENTS, ...entries(assets)],
      later: [
        ...entries(soon, HASH_DIGITS / 2).map((entry) => ({ ...entry, soon: 1 })),
        ...entries(later, HASH_DIGITS / 2),
      ],
    },
  });
}

/** The pages and the manifest as far as a build can fill them. @param {Map<string, Asset>} built by the name in a page */
function buildPages(built) {
  const source = (/** @type {string} */ name) => readFileSync(join(SOURCE, name), "utf8");
  const names = new Map(/** @type {[string, Asset | string][]} */ ([...built]));
  names.set("manifest.webmanifest", "/manifest.webmanifest");
  const page = (/** @type {string} */ name) => squeeze(linkPage(speakAll(source(name)), names));
  return {
    page: page("index.html"),
    ordinary: page("ordinary.html"),
    manifest: linkManifest(source("manifest.webmanifest"), built),
  };
}

/**
 * Compiles everything of the reporter. `form` are the assets that make the Arabic form usable, `assets` those of the
 * shell, `soon`, `later` and `icons` the rest; pages and worker still hold marks for what the server fills in; `empty` is the
 * worker that a server may give instead.
 */
export async function compileReport() {
  const { parts, soon, later, governorates, inputs, lent } = await buildParts();
  const fetchedSoon = Object.values(soon);
  const fetchedLater = [...Object.values(later), ...governorates];
  const app = await script(APP, {
    target: REPORTER_TARGET,
    lent,
    built: { parts: describeAll({ ...parts, ...soon, ...later }) },
  });
  const early = await script("report/early.ts", { target: REPORTER_TARGET });
  const style = await compile("report/style.css", { target: REPORTER_TARGET });
  const entries = new Map([
    ["app.tsx", asset("app.js", app.code)],
    ["early.ts", asset("early.js", early.code)],
    ["style.css", asset("style.css", style.code)],
  ]);
  const form = [...entries.values()];
  const icons = buildIcons();
  const assets = [...form, ...Object.values(parts)];
  const { page, ordinary, manifest } = buildPages(new Map([...icons, ...entries]));
  const worker = await buildWorker(assets, fetchedSoon, fetchedLater);
  const empty = await script("sw/empty.ts", { target: REPORTER_TARGET });
  const digest = sha256([page, ordinary, manifest, worker.code].join("\n"), "hex");
  return {
    assets,
    soon: fetchedSoon,
    later: fetchedLater,
    icons: [...icons.values()],
    form,
    page,
    ordinary,
    manifest,
    worker: worker.code,
    empty: empty.code,
    inputs: [...inputs, ...app.inputs, ...early.inputs, ...worker.inputs],
    digest,
  };
}

/**
 * The files of static/report, and which of them the byte budget counts.
 * @param {Awaited<ReturnType<typeof compileReport>>} report @param {string} build the build id
 * @returns {{ files: File[], budget: { form: string[], offline: string[], soon: string[] } }}
 */
export function reportFiles(report, build) {
  const { assets, soon, later, icons, form, page, ordinary, manifest, worker, empty } = report;
  /** @type {File[]} */
  const pages = [
    ["index.html", withBuild(page, build)],
    ["ordinary.html", ordinary],
    ["sw.js", worker],
    ["manifest.webmanifest", manifest],
  ];
  const paths = (/** @type {Asset[]} */ items) => items.map(({ path }) => path);
  const files = [...assets, ...soon, ...later, ...icons].flatMap(assetFiles);
  return {
    files: [...pages, ["empty.js", empty], ...files],
    budget: {
      form: ["index.html", ...paths(form)],
      offline: [...pages.map(([path]) => path), ...paths(assets)],
      soon: paths(soon),
    },
  };
}
