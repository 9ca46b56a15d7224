/** The last bytes of a reporter's script: what a whole-program minifier finds that the bundler leaves. */
import { minify } from "terser";

/** @param {string} code @returns {Promise<string>} */
export async function shrink(code) {
  const { code: shrunk } = await minify(code, { ecma: 2020, compress: { passes: 2 } });
  if (!shrunk) throw new Error("The minifier gave nothing back.");
  return shrunk;
}
