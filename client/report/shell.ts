/** Whether this page opens without a network: registers the service worker and believes only its audit. */
import { pause } from "./clock.ts";
import { waitForBetterTimes } from "./parts.ts";
import { scriptUrl, WORKER } from "./trusted.ts";

/** Milliseconds for the worker to look through its cache. */
const AUDIT_PATIENCE = 10_000;

/** Tries until the whole shell is in the cache. `tell` hears the truth after each try. */
export async function keepShell(tell: (offline: boolean) => void): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const offline = await isKept();
    tell(offline);
    if (offline || !navigator.serviceWorker) return;
    await waitForBetterTimes(tries);
  }
}

async function isKept(): Promise<boolean> {
  try {
    const options = { updateViaCache: "none" } as const;
    const registration = await navigator.serviceWorker.register(scriptUrl(WORKER), options);
    const { installing, waiting } = registration;
    if (!registration.active) await settled(installing ?? waiting);
    return registration.active !== null && (await audit(registration.active));
  } catch {
    return false;
  }
}

/** Resolves when a worker is active or has failed to install. */
function settled(worker: ServiceWorker | null): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!worker || worker.state === "activated" || worker.state === "redundant") resolve();
    };
    worker?.addEventListener("statechange", look);
    look();
  });
}

/** Asks the worker whether every file is in its cache, whole. */
function audit(worker: ServiceWorker): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  const answered = new Promise<boolean>((resolve) => {
    port1.onmessage = ({ data }) => resolve(data === true);
  });
  worker.postMessage("audit", [port2]);
  return Promise.race([answered, pause(AUDIT_PATIENCE).then(() => false)]);
}
