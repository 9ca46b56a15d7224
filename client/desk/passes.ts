/**
 * The passes of members who signed in on this browser, the one thing that the desk keeps: random, they name nobody and
 * open nothing. Whoever shows one is not slowed by guesses that are made elsewhere (decision 0016).
 */
import { type Bytes, isBase64urlOf, toBase64url } from "../shared/bytes.ts";

const ENTRY = "amana-desk-passes";
const PASS_BYTES = 32;
/** As many as the server reads. */
const MOST = 8;

/** The passes of this browser, in base64url; none where it keeps nothing. */
export function keptPasses(): readonly string[] {
  try {
    const entries = (localStorage.getItem(ENTRY) ?? "").split(" ");
    return entries.filter((entry) => isBase64urlOf(entry, PASS_BYTES)).slice(-MOST);
  } catch {
    return [];
  }
}

/** Keeps one more, and the newest only. A browser that keeps nothing goes without. */
export function keepPass(pass: Bytes): void {
  const entries = [...keptPasses(), toBase64url(pass)].slice(-MOST);
  try {
    localStorage.setItem(ENTRY, entries.join(" "));
  } catch {
    // The next sign-in is one of a browser that nobody knows.
  }
}
