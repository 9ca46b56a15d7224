/** Output files: hashed names, brotli siblings, digests. */
import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

/**
 * One file of the output. `path` is relative to its folder (report or desk), `url` is where the server puts it.
 * @typedef {{ path: string, url: string, body: Buffer, sha256: string, integrity: string }} Asset
 */

/** Path and content. @typedef {[path: string, body: string | Uint8Array]} File */

/** Images are compressed already. */
const COMPRESSED = new Set([".png", ".ico", ".woff2"]);

/** @param {Uint8Array | string} body @param {"hex" | "base64"} form */
export const sha256 = (body, form) => createHash("sha256").update(body).digest(form);

/**
 * Which settings make a file smallest is not known beforehand: mode, window and block, both as powers of two (0: what
 * brotli finds).
 */
const SETTINGS = [
  [constants.BROTLI_MODE_GENERIC, 22, 0],
  [constants.BROTLI_MODE_FONT, 16, 0],
  [constants.BROTLI_MODE_GENERIC, 18, 16],
];

/** As small as it gets. @param {Uint8Array} body */
export function brotli(body) {
  const tries = SETTINGS.map(([mode = 0, window = 0, block = 0]) =>
    brotliCompressSync(body, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_MODE]: mode,
        [constants.BROTLI_PARAM_LGWIN]: window,
        [constants.BROTLI_PARAM_LGBLOCK]: block,
        [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      },
    }),
  );
  return tries.reduce((best, next) => (next.length < best.length ? next : best));
}

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

/** What the running app has to know of its parts to load them. @param {Record<string, Asset>} parts */
export const describeAll = (parts) =>
  Object.fromEntries(
    Object.entries(parts).map(([name, { url, integrity }]) => [name, { url, integrity }]),
  );

/** An asset's files: itself and, where it helps, its brotli sibling. @param {Asset} item @returns {File[]} */
export const assetFiles = ({ path, body }) =>
  COMPRESSED.has(extname(path))
    ? [[path, body]]
    : [
        [path, body],
        [`${path}.br`, brotli(body)],
      ];

/** The same files in a folder. @param {string} folder @param {File[]} files @returns {File[]} */
export const under = (folder, files) => files.map(([path, body]) => [`${folder}/${path}`, body]);

/** Writes files; what was in the folder is gone afterwards. @param {string} folder @param {File[]} files */
export function replaceFolder(folder, files) {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, body] of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, body);
  }
}
