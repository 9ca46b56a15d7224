/**
 * The service worker: serves the shell of one build, every file checked against its hash, and nothing else.
 *
 * Policy. What is in the list of this build comes from the cache, everything else (the API, the key set, anything
 * unknown) is left to the browser. A file enters the cache only when its bytes have the listed SHA-256, and stays
 * there when an installation fails, so that a bad network gets there in the end. A new build takes over when no page
 * uses the old one any more; only then are the old files deleted. On any trouble a page comes from the network.
 */
import shell from "virtual:shell";

declare const self: ServiceWorkerGlobalScope;

type Entry = (typeof shell)[number];

/** Addresses in it end in the hash of the file: one address never means two contents. */
const CACHE = "amana-shell";
const PAGE = "/";

/** Whether this worker is the first one of this browser: only then does it take over the page that brought it. */
let first = false;

const keyOf = ({ url, sha256 }: Entry): string => `${url}?${sha256}`;

async function hashOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const isWhole = async (response: Response | undefined, { sha256 }: Entry): Promise<boolean> =>
  response !== undefined && (await hashOf(await response.arrayBuffer())) === sha256;

/** The file from the network, checked. The browser's cache may answer first: the page has just loaded most of them. */
async function fetchEntry(entry: Entry): Promise<Response> {
  for (const cache of ["default", "reload"] as const) {
    const response = await fetch(entry.url, { cache, redirect: "error", credentials: "omit" });
    if (response.status === 200 && (await isWhole(response.clone(), entry))) return response;
  }
  throw new TypeError("not the file of this build");
}

async function keep(cache: Cache, entry: Entry): Promise<void> {
  const key = keyOf(entry);
  if (await isWhole(await cache.match(key), entry)) return;
  await cache.put(key, await fetchEntry(entry));
}

/** Fills the cache file by file; fails when one is missing, and keeps what it has. */
async function install(): Promise<void> {
  first = self.registration.active === null;
  const cache = await caches.open(CACHE);
  for (const entry of shell) await keep(cache, entry);
}

/** Deletes what is not of this build. */
async function activate(): Promise<void> {
  const cache = await caches.open(CACHE);
  const kept = shell.map((entry) => new URL(keyOf(entry), self.location.origin).href);
  const old = (await cache.keys()).filter(({ url }) => !kept.includes(url));
  await Promise.all(old.map((request) => cache.delete(request)));
  if (first) await self.clients.claim();
}

/** Whether every file is there and whole. */
async function audit(): Promise<boolean> {
  const cache = await caches.open(CACHE);
  for (const entry of shell) {
    if (!(await isWhole(await cache.match(keyOf(entry)), entry))) return false;
  }
  return true;
}

/** The entry that answers a request, if any: an exact address, or the page for a visit to it. */
function entryFor({ method, mode, url }: Request): Entry | undefined {
  const { origin, pathname, search } = new URL(url);
  if (method !== "GET" || origin !== self.location.origin || search !== "") return undefined;
  if (pathname === PAGE && mode !== "navigate") return undefined;
  return shell.find((entry) => entry.url === pathname);
}

async function serve(request: Request, entry: Entry): Promise<Response> {
  try {
    const cached = await (await caches.open(CACHE)).match(keyOf(entry));
    if (cached) return cached;
  } catch {
    // A broken cache must not keep anybody from the page.
  }
  return fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));

self.addEventListener("fetch", (event) => {
  const entry = entryFor(event.request);
  if (entry) event.respondWith(serve(event.request, entry));
});

self.addEventListener("message", (event) => {
  const [port] = event.ports;
  if (event.data !== "audit" || !port) return;
  event.waitUntil(audit().then((whole) => port.postMessage(whole)));
});
