/** Source in, one script or stylesheet out. */
import { join } from "node:path";
import { build } from "esbuild";
import { borrowing, lending, ONCE } from "./lending.mjs";
import { CLIENT } from "./sources.mjs";
import { virtualModules } from "./virtual.mjs";

/** The oldest browsers the reporter app runs in: what gate.mjs checks. */
export const REPORTER_TARGET = ["chrome87", "firefox102", "safari15.4"];
export const DESK_TARGET = ["chrome109", "firefox115", "safari16.4"];

/**
 * The cryptography packages look for Node's `crypto` when a browser has none, and put a proxy before the globals of
 * other runtimes. Ours always has one, and is none of those.
 * @type {import("esbuild").Plugin}
 */
const onlyBrowsers = {
  name: "only-browsers",
  setup(build) {
    build.onResolve({ filter: /^crypto$/ }, () => ({ path: "crypto", namespace: "none" }));
    build.onLoad({ filter: /.*/, namespace: "none" }, () => ({ contents: "export {}" }));
    build.onLoad({ filter: /_dnt\.shims\.js$/ }, () => ({
      contents: "export const dntGlobalThis = globalThis;",
    }));
  },
};

const CRYPTOGRAPHY = /(^|\/node_modules\/)(@hpke\/|mlkem)/;

/**
 * Nor do they say that importing them does nothing by itself, which is so: what nobody calls is left out.
 * @type {import("esbuild").Plugin}
 */
const nothingByImport = {
  name: "nothing-by-import",
  setup(build) {
    build.onResolve(
      { filter: /^[.@m]/ },
      async ({ path, pluginData, importer, kind, resolveDir }) => {
        if (pluginData === ONCE || !(CRYPTOGRAPHY.test(importer) || CRYPTOGRAPHY.test(path)))
          return;
        const found = await build.resolve(path, { importer, kind, resolveDir, pluginData: ONCE });
        return { path: found.path, sideEffects: false };
      },
    );
  },
};

/**
 * Bundles one entry.
 * @param {string} entry path below client/
 * @param {{ target: string[], built?: Record<string, unknown>, globalName?: string, lent?: readonly string[], available?: readonly string[] }} options
 *   `globalName`: the global variable that takes the entry's exports. `lent`: modules that this script lends to others;
 *   `available`: those that it may take from the running app, see lending.mjs
 * @returns {Promise<{ code: string, inputs: string[], borrowed: string[] }>}
 */
export async function compile(
  entry,
  { target, built = {}, globalName, lent = [], available = [] },
) {
  const borrowed = /** @type {Set<string>} */ (new Set());
  const result = await build({
    entryPoints: [join(CLIENT, entry)],
    absWorkingDir: CLIENT,
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: entry.endsWith(".css") ? "esm" : "iife",
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
    jsx: "automatic",
    jsxImportSource: "preact",
    define: { "process.env.NODE_ENV": '"production"' },
    target,
    plugins: [
      nothingByImport,
      lending(lent),
      borrowing(available, borrowed),
      virtualModules(built),
      onlyBrowsers,
    ],
    ...(globalName ? { globalName } : {}),
  });
  return {
    code: /** @type {import("esbuild").OutputFile} */ (result.outputFiles[0]).text,
    inputs: Object.keys(result.metafile.inputs),
    borrowed: [...borrowed].sort(),
  };
}
