/** Whether this page opens without a network: registers the service worker and believes only its audit. */
import { pause } from "./clock.ts";
import { isLeft } from "./leaving.ts";
import { waitForBetterTimes } from "./parts.ts";
import { scriptUrl, WORKER } from "./trusted.ts";

/** Milliseconds for the worker to look through its cache. */
const AUDIT_PATIENCE = 10_000;
/** Milliseconds until more is fetched than a report needs: so long the network is the person's. */
const QUIET = 60_000;
/** Milliseconds between two tries, at most. Each one costs a person's data, and on a full phone none can succeed. */
const LONGEST_WAIT = 3_600_000;

/**
 * Tries until the whole shell is in the cache, and looks again whenever that may have changed: browsers clear what they
 * keep without a word. `tell` hears the truth after each look.
 */
export async function keepShell(tell: (offline: boolean) => void): Promise<void> {
  for (let tries = 0; !isLeft(); ) {
    const offline = await isKept();
    tell(offline);
    if (!navigator.serviceWorker) return;
    const change = offline ? backInSight() : waitForBetterTimes(tries, LONGEST_WAIT);
    await Promise.race([otherWorker(), change]);
    tries = offline ? 0 : tries + 1;
  }
}

/** Resolves when another worker takes the page over, or the browser takes the worker away. */
const otherWorker = (): Promise<void> =>
  new Promise((resolve) => {
    navigator.serviceWorker.addEventListener("controllerchange", () => resolve(), { once: true });
  });

const backInSight = (): Promise<void> =>
  new Promise((resolve) => {
    document.addEventListener("visibilitychange", () => resolve(), { once: true });
  });

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

/**
 * Asks the worker whether every file is in its cache, whole; and after a while for what few need, and nobody can fetch on
 * the day when it is needed.
 */
function audit(worker: ServiceWorker): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  const answered = new Promise<boolean>((resolve) => {
    port1.onmessage = ({ data }) => resolve(data === true);
  });
  worker.postMessage("audit", [port2]);
  void pause(QUIET).then(() => isLeft() || worker.postMessage("soon"));
  return Promise.race([answered, pause(AUDIT_PATIENCE).then(() => false)]);
}
