/**
 * The empty worker: what a server gives out in place of a service worker that is broken (docs/RUNBOOK.md).
 *
 * It takes over at once and answers no request, so every page comes from the network. It deletes nothing: neither the
 * files in the cache, which the next worker checks, nor the outbox. It must stay so small that it cannot be wrong.
 */
import { EMPTY } from "./mark.ts";

declare const self: ServiceWorkerGlobalScope;

async function takeOver(): Promise<void> {
  await self.clients.claim();
  await caches.open(EMPTY);
}

self.addEventListener("install", () => void self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

/** The page asks whether it opens without a network. */
self.addEventListener("message", ({ ports }) => ports[0]?.postMessage(false));
