/**
 * The key of this tab's draft. It is in sessionStorage, which survives the page and ends with the tab; the draft itself
 * is in IndexedDB (drafts.ts), so that neither store alone opens it. Only erase.ts touches sessionStorage as well.
 *
 * One entry, `id.key` in hexadecimal, and `.left` behind it once the page was left in order: somebody who comes back
 * from elsewhere finds an empty start, somebody whose page was killed or loaded again finds what was written.
 */
import { type Bytes, fromHex, isHexOf, toHex } from "../shared/bytes.ts";

const ENTRY = "amana-draft";
const LEFT = "left";
const ID_BYTES = 16;
const KEY_BYTES = 32;

/** `id` names the draft and opens nothing. */
export type TabKey = { readonly id: string; readonly key: Bytes };

/** A new key, kept for this tab; null where the browser does not keep any. */
export function makeTabKey(): TabKey | null {
  const id = toHex(crypto.getRandomValues(new Uint8Array(ID_BYTES)));
  const key = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return write([id, toHex(key)]) ? { id, key } : null;
}

/** The key of what this tab has written before; null, and forgotten, when its page was left for another. */
export function findTabKey(): TabKey | null {
  const [id, key, left] = read();
  if (!isHexOf(id, ID_BYTES) || !isHexOf(key, KEY_BYTES)) return null;
  if (left === LEFT && !isLoadedAgain()) {
    forgetTabKey();
    return null;
  }
  return write([id, key]) ? { id, key: fromHex(key) } : null;
}

/** From now on the draft is noise. */
export function forgetTabKey(): void {
  try {
    sessionStorage.removeItem(ENTRY);
  } catch {
    // Where nothing may be kept nothing is.
  }
}

/** The page is being left; only loading it again will find the draft. */
export function leaveTabKey(): void {
  const [id, key] = read();
  if (id && key) write([id, key, LEFT]);
}

/** Whether this page took the place of itself. */
export function isLoadedAgain(): boolean {
  const [visit] = performance.getEntriesByType("navigation");
  return (visit as PerformanceNavigationTiming | undefined)?.type === "reload";
}

function read(): readonly string[] {
  try {
    return (sessionStorage.getItem(ENTRY) ?? "").split(".");
  } catch {
    return [];
  }
}

function write(parts: readonly string[]): boolean {
  try {
    sessionStorage.setItem(ENTRY, parts.join("."));
    return true;
  } catch {
    return false;
  }
}
