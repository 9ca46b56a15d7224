/**
 * Bundles a TypeScript program for Node, so that tests in Python can run the browser's code:
 * `node bundle/node.mjs ENTRY OUTPUT`.
 */
import { resolve } from "node:path";
import { build } from "esbuild";
import { virtualModules } from "./virtual.mjs";

const [entry, output] = process.argv.slice(2);
if (!entry || !output) throw new Error("usage: node bundle/node.mjs ENTRY OUTPUT");

await build({
  entryPoints: [resolve(entry)],
  outfile: resolve(output),
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  logLevel: "warning",
  plugins: [virtualModules({})],
});
