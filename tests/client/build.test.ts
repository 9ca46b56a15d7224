import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildClient } from "../../client/build.mjs";
import { CLIENT } from "../../client/bundle/sources.mjs";

let folder: string;
let build: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "amana-build-"));
  build = await buildClient(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Path below the output folder and content of every file. */
function files(): Map<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path)]));
}

const sha256 = (body: Buffer, form: "hex" | "base64" = "hex"): string =>
  createHash("sha256").update(body).digest(form);

const hashes = () => [...files()].map(([path, body]) => `${path} ${sha256(body)}`).sort();

const text = (path: string): string => readFileSync(join(folder, path), "utf8");

test("a second build is byte for byte the same", async () => {
  const first = hashes();
  await buildClient(folder);
  expect(hashes()).toEqual(first);
});

test("the service worker lists every asset of the reporter with its hash and length", () => {
  const worker = text("report/sw.js");
  for (const [path, body] of files()) {
    if (!path.startsWith("report/assets/") || path.endsWith(".br")) continue;
    const url = path.slice("report".length);
    expect(worker).toContain(`{url:"${url}",sha256:"${sha256(body)}",bytes:${body.length}}`);
  }
});

test("the service worker lists the page with the length that it has once the root print is in it", () => {
  const page = text("report/index.html");
  expect(page).toContain('content="__ROOT_PRINT__"');
  const served = page.replaceAll("__ROOT_PRINT__", "p".repeat(43));
  const entry = `{url:"/",sha256:"__PAGE_SHA256__",bytes:${Buffer.byteLength(served)}}`;
  expect(text("report/sw.js")).toContain(entry);
});

test("both pages carry the build id", () => {
  expect(build).toMatch(/^[0-9a-f]{12}$/);
  expect(JSON.parse(text("build.json")).build).toBe(build);
  for (const zone of ["report", "desk"]) expect(text(`${zone}/index.html`)).toContain(`"${build}"`);
});

test("a page loads its scripts and styles with integrity", () => {
  for (const [zone, count] of [
    ["report", 3],
    ["desk", 2],
  ] as const) {
    const tags = text(`${zone}/index.html`).match(/<(script|link rel="stylesheet")[^>]*>/g) ?? [];
    expect(tags.length).toBe(count);
    for (const tag of tags) {
      const [, url = "", hash] = /"\/(assets\/[^"]+)" integrity="sha256-([^"]+)"/.exec(tag) ?? [];
      const body = readFileSync(join(folder, zone, url));
      expect(sha256(body, "base64")).toBe(hash);
    }
  }
});

test("every compressed file holds the file beside it", () => {
  const compressed = [...files()].filter(([path]) => path.endsWith(".br"));
  expect(compressed.length).toBeGreaterThan(8);
  for (const [path, body] of compressed) {
    expect(brotliDecompressSync(body).equals(readFileSync(join(folder, path.slice(0, -3))))).toBe(
      true,
    );
  }
});

test("build.json names files that are there, for the form and for offline", () => {
  const { form, offline } = JSON.parse(text("build.json")).report;
  for (const path of [...form, ...offline])
    expect(existsSync(join(folder, "report", path))).toBe(true);
  expect(offline).toEqual(expect.arrayContaining(form));
});

test("the licences of the packages in the output travel with it", () => {
  const licences = text("licences.txt");
  for (const name of [
    "@hpke/core",
    "@hpke/hybridkem-x-wing",
    "mlkem",
    "idb",
    "preact",
    "hash-wasm",
  ]) {
    expect(licences).toContain(`\n${name} `.trimStart());
  }
});

test("no file names the folder it was built in, and none says where its sources are", () => {
  for (const [path, body] of files()) {
    expect([path, body.includes(CLIENT), body.includes("sourceMappingURL")]).toEqual([
      path,
      false,
      false,
    ]);
  }
});
