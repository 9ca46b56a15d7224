/** What is loaded after the first paint. On a bad network that takes as many tries as it takes. */
import parts from "virtual:parts";
import { getPart } from "./api.ts";
import { pause } from "./clock.ts";
import { isLeft } from "./leaving.ts";
import { scriptUrl } from "./trusted.ts";

/** Milliseconds. */
const FIRST_WAIT = 1000;
const MINUTE = 60_000;
const SCRIPT_PATIENCE = 30_000;
const LANGUAGE = "language-";

type Part = { readonly url: string; readonly integrity: string };

/**
 * Resolves after the wait of the given try (0 first), twice as long with each, or when the browser says that the
 * network is back. Never in a page that was left: it asks for nothing more.
 */
export function waitForBetterTimes(tries: number, longest = MINUTE): Promise<void> {
  if (isLeft()) return new Promise(() => undefined);
  const back = new Promise<void>((resolve) => {
    addEventListener("online", () => resolve(), { once: true });
  });
  return Promise.race([pause(Math.min(longest, FIRST_WAIT * 2 ** tries)), back]);
}

/** The text of a part; rejects when it does not come. */
export function fetchPart(name: string, fresh = false): Promise<string> {
  const { url, integrity } = find(name);
  return getPart(url, integrity, fresh);
}

export const fetchLanguage = (code: string): Promise<string> => bringLater(find(LANGUAGE + code));
export const fetchLatinNames = (): Promise<string> => bringLater(find("places-latin"));

/** The text of what is not part of the shell; rejects when it does not come. The worker keeps it from now on. */
export async function bringLater(part: Part): Promise<string> {
  const { url, integrity } = part;
  const keep = keeperOf(part);
  const text = await getPart(url, integrity, false).catch(() => getPart(url, integrity, true));
  keep();
  return text;
}

/**
 * What to call once a part has come. The worker keeps what passes it; if there was none, the one to come is asked for it
 * once more, and finds it in the browser's cache.
 */
function keeperOf({ url, integrity }: Part): () => void {
  const { serviceWorker } = navigator;
  if (!serviceWorker || serviceWorker.controller) return () => undefined;
  const again = (): void => void getPart(url, integrity, false).catch(() => undefined);
  return () => {
    if (serviceWorker.controller) again();
    else serviceWorker.addEventListener("controllerchange", again, { once: true });
  };
}

/** Fetches a part until it comes. From the second try on the browser's cache is not asked: it may hold a login page. */
export async function insistOnPart(name: string): Promise<string> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await fetchPart(name, tries > 0);
    } catch {
      await waitForBetterTimes(tries);
    }
  }
}

const scripts = new Map<string, Promise<void>>();

/** Runs the script of a part, once in a window; resolves when it has run. */
export function insistOnScript(name: string): Promise<void> {
  const running = scripts.get(name) ?? bringScript(name);
  scripts.set(name, running);
  return running;
}

/** The same for a part that is not of the shell: the worker keeps it from now on. */
export async function insistOnLater(name: string): Promise<void> {
  const keep = keeperOf(find(name));
  await insistOnScript(name);
  keep();
}

async function bringScript(name: string): Promise<void> {
  const part = find(name);
  while (!(await runScript(part))) await insistOnPart(name);
}

/** Whether the script has run. One that hangs counts as lost: the browser itself would wait for minutes. */
async function runScript({ url, integrity }: Part): Promise<boolean> {
  const script = document.createElement("script");
  script.integrity = integrity;
  script.src = scriptUrl(url);
  const settled = new Promise<boolean>((resolve) => {
    script.onload = () => resolve(true);
    script.onerror = () => resolve(false);
  });
  document.head.append(script);
  const ran = await Promise.race([settled, pause(SCRIPT_PATIENCE).then(() => false)]);
  if (!ran) script.remove();
  return ran;
}

function find(name: string): Part {
  const part = parts[name];
  if (!part) throw new Error(`There is no part ${name}.`);
  return part;
}
