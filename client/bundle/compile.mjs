/** Source in, one script or stylesheet out. */
import { join } from "node:path";
import { build } from "esbuild";
import { CLIENT } from "./sources.mjs";
import { virtualModules } from "./virtual.mjs";

/** The oldest browsers the reporter app runs in; es2020 keeps the output within what gate.mjs can parse. */
export const REPORTER_TARGET = ["es2020", "chrome87", "firefox102", "safari15.4"];
export const DESK_TARGET = ["chrome109", "firefox115", "safari16.4"];

/**
 * The cryptography packages look for Node's `crypto` when a browser has none. Ours always has one.
 * @type {import("esbuild").Plugin}
 */
const noNodeCrypto = {
  name: "no-node-crypto",
  setup(build) {
    build.onResolve({ filter: /^crypto$/ }, () => ({ path: "crypto", namespace: "none" }));
    build.onLoad({ filter: /.*/, namespace: "none" }, () => ({ contents: "export {}" }));
  },
};

/**
 * Bundles one entry.
 * @param {string} entry path below client/
 * @param {{ target: string[], built?: Record<string, unknown>, globalName?: string }} options
 *   `globalName`: the global variable that takes the entry's exports
 * @returns {Promise<{ code: string, inputs: string[] }>}
 */
export async function compile(entry, { target, built = {}, globalName }) {
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
    plugins: [virtualModules(built), noNodeCrypto],
    ...(globalName ? { globalName } : {}),
  });
  return {
    code: /** @type {import("esbuild").OutputFile} */ (result.outputFiles[0]).text,
    inputs: Object.keys(result.metafile.inputs),
  };
}
