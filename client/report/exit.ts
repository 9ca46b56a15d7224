/**
 * Leaving in a hurry, for an ordinary page. Needs nothing of the app; where no script runs the link does it alone.
 *
 * The ordinary page came inside of this one. It takes the place of what is shown at once, whatever the network does,
 * and its address the place of this one in the history. When the real document can be had, from the worker or the
 * network, this one goes, with all its memory; where it cannot, what is seen is the same.
 */
import { isThere } from "./api.ts";
import { pause } from "./clock.ts";
import { ERASED } from "./leaving.ts";

/** Asked of everything that has something to forget: what it does about it, as promises, goes into `detail`. */
export type Leaving = CustomEvent<Promise<unknown>[]>;

const ORDINARY = "/page";
/** Answered by the server only, never by the worker: whether the network works. */
const HEALTH = "/healthz";
/** Milliseconds that forgetting, or the network, may take before the document goes. */
const PATIENCE = 3000;
/** So many times Shift, in milliseconds, with no other key in between. */
const PRESSES = 3;
const SPAN = 3000;

let shifts: number[] = [];
/** Where a tab tells the others that everything is being erased; browsers without it are below the floor. */
const others = "BroadcastChannel" in globalThis ? new BroadcastChannel("amana-erase") : null;

/** From now on the link, and Shift three times, leave; and nothing is to be seen of a page that is out of sight. */
export function watchExit(): void {
  addEventListener("click", (event) => {
    if (!(event.target as Element).closest("#exit")) return;
    event.preventDefault();
    void leave();
  });
  addEventListener("keydown", countShifts);
  addEventListener("erase", () => {
    others?.postMessage("");
    void leave(ERASED);
  });
  if (others) others.onmessage = () => void leave(ERASED);
  document.addEventListener("visibilitychange", () => {
    document.documentElement.classList.toggle("away", document.visibilityState === "hidden");
  });
}

function countShifts({ key, repeat, timeStamp }: KeyboardEvent): void {
  if (repeat) return;
  shifts = key === "Shift" ? [...shifts, timeStamp].slice(-PRESSES) : [];
  if (shifts.length === PRESSES && timeStamp - (shifts[0] ?? 0) < SPAN) void leave();
}

/**
 * Leaves, once. The app does not start in a document that was left before it came; `how` tells what still runs whether
 * it may touch what this phone keeps.
 */
async function leave(how = ""): Promise<void> {
  const { dataset } = document.documentElement;
  if (dataset.left !== undefined) return;
  dataset.left = how;
  const outside = document.querySelector<HTMLElement>("#exit")?.dataset.outside;
  const forgetting: Promise<unknown>[] = [];
  dispatchEvent(new CustomEvent("leave", { detail: forgetting }) satisfies Leaving);
  showOrdinary();
  await soon(Promise.allSettled(forgetting));
  if (outside && (await soon(isThere(HEALTH)))) location.replace(outside);
  else if (await isThere(how === ERASED ? HEALTH : ORDINARY)) location.replace(ORDINARY);
}

function showOrdinary(): void {
  // What is still on its way, the rest of this page included, would be shown after it.
  stop();
  history.replaceState(null, "", ORDINARY);
  const ordinary = document.querySelector("template")?.content.firstElementChild;
  if (!ordinary) return;
  document.title = ordinary.querySelector("h1")?.textContent ?? "";
  document.body.className = "";
  document.body.replaceChildren(ordinary);
}

/** The outcome of work, or nothing when it takes longer. */
const soon = <T>(work: Promise<T>): Promise<T | undefined> =>
  Promise.race([work, pause(PATIENCE).then(() => undefined)]);
