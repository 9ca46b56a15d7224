/**
 * One copy of a module for two scripts: the app lends what it has to the script that comes later, through the global
 * `amanaApp`. Without it a later script would bring a second Preact and a second state, which nobody draws.
 */
import { relative } from "node:path";
import { CLIENT } from "./sources.mjs";

const LENDER = "globalThis.amanaApp";
/** What a borrowed module is, whatever its own name ends in. */
const COMMON_JS = ".cjs";
/** Folders whose modules may be lent. What is pure is cheaper to have twice. */
const LENDABLE = ["report/", "node_modules/preact/"];

/** Says of a question to the bundler's own resolver that no plugin shall ask it again. */
export const ONCE = Symbol("once");

/** The modules of a finished script that it can lend. @param {readonly string[]} inputs */
export const lendable = (inputs) =>
  inputs.filter((input) => LENDABLE.some((folder) => input.startsWith(folder)));

/**
 * The module `virtual:lent`: everything lent, by its path.
 * @param {readonly string[]} lent
 * @returns {import("esbuild").Plugin}
 */
export const lending = (lent) => ({
  name: "lending",
  setup(build) {
    build.onResolve({ filter: /^virtual:lent$/ }, ({ path }) => ({ path, namespace: "lent" }));
    build.onLoad({ filter: /^virtual:lent$/, namespace: "lent" }, () => ({
      contents: lender(lent),
      loader: "js",
      resolveDir: CLIENT,
    }));
  },
});

/** @param {readonly string[]} lent */
function lender(lent) {
  const imports = lent.map((path, at) => `import * as m${at} from ${JSON.stringify(`./${path}`)};`);
  const entries = lent.map((path, at) => `${JSON.stringify(path)}: m${at}`);
  return `${imports.join("\n")}\nexport default { ${entries.join(", ")} };`;
}

/**
 * Takes what there is to lend from the running app, and says in `borrowed` what it took.
 * @param {readonly string[]} available @param {Set<string>} borrowed
 * @returns {import("esbuild").Plugin}
 */
export const borrowing = (available, borrowed) => ({
  name: "borrowing",
  setup(build) {
    if (available.length === 0) return;
    build.onResolve({ filter: /^(\.|preact)/ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === ONCE || from.kind === "entry-point") return undefined;
      const { importer, kind, resolveDir } = from;
      const found = await build.resolve(path, {
        importer,
        kind,
        resolveDir,
        pluginData: ONCE,
      });
      const module = relative(CLIENT, found.path);
      if (!available.includes(module)) return found;
      borrowed.add(module);
      return { path: module + COMMON_JS, namespace: "borrowed", pluginData: module };
    });
    build.onLoad({ filter: /.*/, namespace: "borrowed" }, ({ pluginData }) => ({
      contents: `module.exports = ${LENDER}[${JSON.stringify(pluginData)}];`,
    }));
  },
});
