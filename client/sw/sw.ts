/**
 * The service worker: serves the files of one build, every one checked against its hash, and nothing else.
 *
 * Policy. What is in the lists of this build comes from the cache, everything else (the API, the key set, anything
 * unknown, any address with a question mark) is left to the browser. A file enters and leaves the cache only when its
 * bytes have the listed SHA-256, and stays there when an installation fails, so that a bad network gets there in the
 * end. The shell is fetched by the worker itself; what comes later enters when a page asks for it the first time, or
 * when there is time for what helps without a network, and is kept from then on. A new build takes over when no page uses the old one any more; only then are the old files
 * deleted. On any trouble a page comes from the network.
 */
import later from "virtual:later";
import shell from "virtual:shell";
import { EMPTY } from "./mark.ts";

declare const self: ServiceWorkerGlobalScope;

/** A file and its SHA-256 in hex; of what comes later the first half, which nobody can match with another file either. */
type Entry = (typeof later)[number];

/** Addresses in it end in the hash of the file: one address never means two contents. */
const CACHE = "amana-shell";
const PAGE = "/";
const AUDIT = "audit";
const SOON = "soon";
/** Milliseconds for one file: a connection that died without a word would hold up the others for ever. */
const PATIENCE = 120_000;

/** Whether nothing was served here before. Only then are the open pages taken over: theirs came from the network. */
let first = false;
let filling: Promise<void> | null = null;

const keyOf = ({ url, sha256 }: Entry): string => `${url}?${sha256}`;
const addressOf = (entry: Entry): string => new URL(keyOf(entry), self.location.origin).href;

async function hashOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const isWhole = async (response: Response | undefined, { sha256 }: Entry): Promise<boolean> =>
  response !== undefined && (await hashOf(await response.arrayBuffer())).startsWith(sha256);

/** The file from the network, checked. The browser's cache may answer first: the page has just loaded most of them. */
async function fetchEntry(entry: Entry): Promise<Response> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), PATIENCE);
  const init = { redirect: "error", credentials: "omit", signal: deadline.signal } as const;
  try {
    for (const cache of ["default", "reload"] as const) {
      const response = await fetch(entry.url, { ...init, cache });
      if (response.status === 200 && (await isWhole(response.clone(), entry))) return response;
    }
  } finally {
    clearTimeout(timer);
  }
  throw new TypeError("not the file of this build");
}

/** The file from the network, in the cache from now on. */
async function take(cache: Cache, entry: Entry): Promise<Response> {
  const response = await fetchEntry(entry);
  await cache.put(keyOf(entry), response.clone());
  return response;
}

async function keep(cache: Cache, entry: Entry): Promise<void> {
  if (!(await isWhole(await cache.match(keyOf(entry)), entry))) await take(cache, entry);
}

/** Fills the cache file by file; fails when one is missing, and keeps what it has. */
async function fill(): Promise<void> {
  const cache = await caches.open(CACHE);
  for (const entry of shell) await keep(cache, entry);
}

async function install(): Promise<void> {
  await fill();
  await renew();
  const wasEmpty = await caches.delete(EMPTY);
  first = wasEmpty || self.registration.active === null;
  if (first) await self.skipWaiting();
}

/** An address without the hash of the file: the same from build to build. */
const nameOf = (url: string): string =>
  new URL(url, self.location.origin).pathname.replace(/-\w+\.\w+$/, "");

/** What came later in an older build and is missing in this one. */
async function missing(cache: Cache): Promise<Entry[]> {
  const urls = (await cache.keys()).map(({ url }) => url);
  const names = urls.map(nameOf);
  return later.filter(
    (entry) => names.includes(nameOf(entry.url)) && !urls.includes(addressOf(entry)),
  );
}

/** Brings what came later in an older build up to this one; fails when it does not come. Nobody loses it by an update. */
async function renew(): Promise<void> {
  const cache = await caches.open(CACHE);
  for (const entry of await missing(cache)) await take(cache, entry);
}

/** Brings what helps without a network, once the shell is there; ends at the first file that does not come. */
async function bringSoon(): Promise<void> {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  // Opening would make the cache again where everything was erased.
  if (filling || connection?.saveData || !(await caches.has(CACHE))) return;
  const cache = await caches.open(CACHE);
  for (const entry of later) if (entry.soon) await keep(cache, entry);
}

/** Deletes what is not of this build. Of what is missing the old file stays, to tell that it is wanted. */
async function activate(): Promise<void> {
  const cache = await caches.open(CACHE);
  const wanted = (await missing(cache)).map(({ url }) => nameOf(url));
  const kept = [...shell, ...later].map(addressOf);
  const isOld = (url: string): boolean => !kept.includes(url) && !wanted.includes(nameOf(url));
  const old = (await cache.keys()).filter(({ url }) => isOld(url));
  await Promise.all(old.map((request) => cache.delete(request)));
  if (first) await self.clients.claim();
}

/** Whether every file of the shell is there and whole; what the browser or the disk has lost is fetched again. */
function audit(): Promise<boolean> {
  filling ??= fill().finally(() => {
    filling = null;
  });
  return filling.then(
    () => true,
    () => false,
  );
}

/** The entry that answers a request, if any: an exact address, or the page for a visit to it. */
function entryFor({ method, mode, url }: Request): Entry | undefined {
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== self.location.origin || url.includes("?")) return undefined;
  if (pathname === PAGE && mode !== "navigate") return undefined;
  return [...shell, ...later].find((entry) => entry.url === pathname);
}

/** The worker of a newer build that waits has looked for such files already: it has to look again. */
async function takeLater(cache: Cache, entry: Entry): Promise<Response> {
  const response = await take(cache, entry);
  self.registration.waiting?.postMessage(AUDIT);
  return response;
}

async function serve(request: Request, entry: Entry): Promise<Response> {
  try {
    // Opening would make the cache again where everything is being erased.
    const cached = await caches.match(keyOf(entry), { cacheName: CACHE });
    const isLater = later.includes(entry);
    const isRefused = isLater && request.cache === "reload";
    if (cached && !isRefused && (await isWhole(cached.clone(), entry))) return cached;
    if (isLater) return await takeLater(await caches.open(CACHE), entry);
  } catch {
    // A broken cache, or a bad network, must not keep anybody from the page.
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
  if (event.data === SOON) event.waitUntil(bringSoon());
  if (event.data !== AUDIT) return;
  event.waitUntil(
    audit()
      .then((whole) => event.ports[0]?.postMessage(whole))
      .then(renew),
  );
});
