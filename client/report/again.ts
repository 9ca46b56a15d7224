/** Brings the app when its script did not come whole: a link was cut, or a login page stood in for it. */
import { getPart } from "./api.ts";
import { pause } from "./clock.ts";
import { isLeft } from "./leaving.ts";

/** Milliseconds. */
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 60_000;

/** Only the app's own script is deferred. What the app loads later, it insists on itself. */
export function insistOnApp(): void {
  const failed = ({ target }: ErrorEvent): void => {
    if (target instanceof HTMLScriptElement && target.defer) void insist(target);
  };
  addEventListener("error", failed, true);
}

/** Fetches the script until the browser has it, then loads the page again: the script is there by then. */
async function insist({ src, integrity }: HTMLScriptElement): Promise<void> {
  for (let wait = FIRST_WAIT; !isLeft(); wait = Math.min(2 * wait, LONGEST_WAIT)) {
    await pause(wait);
    if (await isHad(src, integrity)) break;
  }
  if (!isLeft()) loadAgain();
}

const isHad = (src: string, integrity: string): Promise<boolean> =>
  getPart(src, integrity, true).then(
    () => true,
    () => false,
  );

/** By the link that brought the person, as it was. */
function loadAgain(): void {
  const { root } = document.documentElement.dataset;
  if (root) history.replaceState(null, "", `#root=${root}`);
  location.reload();
}
