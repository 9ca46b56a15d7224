import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildClient } from "../../client/build.mjs";
import { FIRST, readLanguage } from "../../client/bundle/languages.mjs";
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

test("the service worker lists every asset of the reporter but the icons, with its hash, and what comes later with half of it", () => {
  const worker = text("report/sw.js");
  const { offline, soon } = JSON.parse(text("build.json")).report;
  for (const [path, body] of files()) {
    if (!path.startsWith("report/assets/") || /\.br$|\/icon/.test(path)) continue;
    const url = path.slice("report".length);
    const hash = sha256(body).slice(0, offline.includes(url.slice(1)) ? 64 : 32);
    const end = soon.includes(url.slice(1)) ? ",soon:1}" : "}";
    expect(worker).toContain(`{url:"${url}",sha256:"${hash}"${end}`);
  }
});

test("a page and the worker have the marks that the server fills in, once each", () => {
  const marks = {
    "report/index.html": ["ROOT_PRINT", "TITLE", "COLOUR", "ORDINARY", "OUTSIDE"],
    "report/ordinary.html": ["TITLE", "COLOUR", "ORDINARY"],
    "report/sw.js": ["PAGE_SHA256", "ORDINARY_SHA256"],
  };
  for (const [path, names] of Object.entries(marks)) {
    const found = text(path).match(/__[A-Z0-9_]+__/g);
    expect(found?.sort()).toEqual(names.map((name) => `__${name}__`).sort());
  }
});

test("the empty worker answers no request, and keeps no list of files that could be wrong", () => {
  const worker = text("report/empty.js");
  expect(worker.length).toBeLessThan(500);
  expect(worker).not.toMatch(/fetch|respondWith|sha256|indexedDB|delete/);
});

test("the page says in Arabic and English what it says where no script runs", () => {
  const page = text("report/index.html");
  for (const code of ["ar", "en"]) {
    const { dir, page: words } = readLanguage(code);
    for (const key of ["wait", "refusedTitle", "refusedText"]) expect(page).toContain(words[key]);
    if (code !== FIRST) expect(page).toContain(`<div lang="${code}" dir="${dir}">`);
  }
});

test("both pages carry the build id", () => {
  expect(build).toMatch(/^[0-9a-f]{12}$/);
  expect(JSON.parse(text("build.json")).build).toBe(build);
  for (const zone of ["report", "desk"]) expect(text(`${zone}/index.html`)).toContain(`"${build}"`);
});

test("no script of the reporter, its worker included, can ask for a permission or send while it ends [F21] [F66] [F93]", () => {
  const verbs =
    /\b(sendBeacon|keepalive|fetchLater|duplex|showNotification|pushManager|Notification|geolocation|permissions|persist|periodicSync|beforeunload)\b/;
  const scripts = [...files()].filter(([path]) => /^report\/.*\.js$/.test(path));
  expect(scripts.length).toBeGreaterThan(3);
  for (const [path, body] of scripts)
    expect([path, verbs.exec(String(body))]).toEqual([path, null]);
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

test("build.json names files that are there, for the form, for offline and for when there is time", () => {
  const { form, offline, soon } = JSON.parse(text("build.json")).report;
  for (const path of [...form, ...offline, ...soon])
    expect(existsSync(join(folder, "report", path))).toBe(true);
  expect(offline).toEqual(expect.arrayContaining(form));
});

test("the places of every governorate are there, and only those that travel with the app count for offline", () => {
  const { offline } = JSON.parse(text("build.json")).report;
  const packs = [...files().keys()].filter((path) =>
    /^report\/assets\/places-.*\.json$/.test(path),
  );
  expect(packs.length).toBe(12);
  expect(offline.filter((path: string) => path.includes("places-")).length).toBe(1);
});

test("the licences of the packages in the output travel with it", () => {
  const licences = text("licences.txt");
  for (const name of ["@hpke/core", "@hpke/hybridkem-x-wing", "mlkem", "preact", "hash-wasm"]) {
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
