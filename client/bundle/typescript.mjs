/** Modules of the client for the build itself. Node reads no TypeScript in all versions that can build. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const CLIENT = fileURLToPath(new URL("../", import.meta.url));

/** A module of the client, by its path below client/. @param {string} path @returns {Promise<any>} */
export async function load(path) {
  const { outputFiles } = await build({
    entryPoints: [join(CLIENT, path)],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    logLevel: "warning",
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? "");
  return import(`data:text/javascript;base64,${code.toString("base64")}`);
}
