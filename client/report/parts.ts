/** What is loaded after the first paint. On a bad network that takes as many tries as it takes. */
import parts from "virtual:parts";
import { getPart } from "./api.ts";
import { pause } from "./clock.ts";
import { scriptUrl } from "./trusted.ts";

/** Milliseconds. */
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 60_000;
const SCRIPT_PATIENCE = 30_000;
const LANGUAGE = "language-";

type Part = { readonly url: string; readonly integrity: string };

/** Codes of the languages that come as parts. */
export const languageParts: readonly string[] = Object.keys(parts)
  .filter((name) => name.startsWith(LANGUAGE))
  .map((name) => name.slice(LANGUAGE.length));

/** Resolves after the wait of the given try (0 first), or when the browser says that the network is back. */
export function waitForBetterTimes(tries: number): Promise<void> {
  const back = new Promise<void>((resolve) => {
    addEventListener("online", () => resolve(), { once: true });
  });
  return Promise.race([pause(Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries)), back]);
}

/** The text of a part; rejects when it does not come. */
export function fetchPart(name: string, fresh = false): Promise<string> {
  const { url, integrity } = find(name);
  return getPart(url, integrity, fresh);
}

export const fetchLanguage = (code: string): Promise<string> => fetchPart(LANGUAGE + code);

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

/** Runs the script of a part; resolves when it has run. */
export async function insistOnScript(name: string): Promise<void> {
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
