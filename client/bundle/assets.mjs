/** Output files: hashed names, brotli siblings, digests. */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

/**
 * One file of the output. `path` is relative to its folder (report or desk), `url` is where the server puts it.
 * @typedef {{ path: string, url: string, body: Buffer, sha256: string, integrity: string }} Asset
 */

/** Images are compressed already. */
const COMPRESSED = new Set([".png", ".ico", ".woff2"]);

/** @param {Uint8Array | string} body @param {"hex" | "base64"} form */
export const sha256 = (body, form) => createHash("sha256").update(body).digest(form);

/** @param {Uint8Array} body */
export const brotli = (body) =>
  brotliCompressSync(body, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 22,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    },
  });

/**
 * An asset under a name that carries its hash, so that it can be cached for ever.
 * @param {string} name file name without the hash @param {Uint8Array | string} content @returns {Asset}
 */
export function asset(name, content) {
  const body = Buffer.from(content);
  const digest = sha256(body, "hex");
  const ending = extname(name);
  const path = `assets/${name.slice(0, name.length - ending.length)}-${digest.slice(0, 10)}${ending}`;
  const integrity = `sha256-${sha256(body, "base64")}`;
  return { path, url: `/${path}`, body, sha256: digest, integrity };
}

/** What the running app has to know of a part to load it. @param {Asset} part */
export const describe = ({ url, integrity, body }) => ({ url, integrity, bytes: body.length });

/** @param {string} file @param {string | Uint8Array} body */
export function write(file, body) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, body);
}

/** Writes an asset and, where it helps, its brotli sibling. @param {string} folder @param {Asset} item */
export function writeAsset(folder, { path, body }) {
  const file = join(folder, path);
  write(file, body);
  if (!COMPRESSED.has(extname(path))) write(`${file}.br`, brotli(body));
}
