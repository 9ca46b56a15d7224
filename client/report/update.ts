/**
 * Looks for a newer build in a page that lives long. A browser looks by itself only when a page is opened, and a phone
 * may keep one for weeks. What is found installs in the background and waits until no page uses the old build.
 */
import { type Clock, pause } from "./clock.ts";
import { isLeft } from "./leaving.ts";

const HOUR = 3_600_000;
/** Milliseconds from one look to the next, and what chance adds to them. */
const RHYTHM = 12 * HOUR;
/** The same after a look that met no network. */
const SOONER = HOUR;
/** Over how long a look is put off: what waits goes out first, and phones do not all come at once. */
const SPREAD = 10_000;

/** Only Chromium tells it. */
type Connection = { readonly connection?: { readonly saveData?: boolean } };

const isSaving = (): boolean => (navigator as Connection).connection?.saveData === true;

/** Looks from now on, when a person comes back to the page; not often, and not where data are to be saved. */
export function watchForUpdates(clock: Clock): void {
  let last = clock.now();
  let patience = spread(RHYTHM, clock);
  document.addEventListener("visibilitychange", async () => {
    // The clock may have been turned back meanwhile.
    if (!isLookedAt() || Math.abs(clock.now() - last) < patience) return;
    last = clock.now();
    patience = spread((await look(clock)) ? RHYTHM : SOONER, clock);
  });
}

const spread = (milliseconds: number, clock: Clock): number => milliseconds * (1 + clock.chance());

/** Whether somebody looks at the page, and has not left it in a hurry. */
const isLookedAt = (): boolean => document.visibilityState === "visible" && !isLeft();

/** Whether the server was asked, and answered. */
async function look(clock: Clock): Promise<boolean> {
  await pause(clock.chance() * SPREAD);
  if (!isLookedAt() || isSaving()) return false;
  try {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration?.update();
    return true;
  } catch {
    return false;
  }
}
