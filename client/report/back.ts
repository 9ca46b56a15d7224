/**
 * The phone's own Back button, where the browser lets a page have it without entries in the history (CloseWatcher):
 * it leads to the screen before instead of out of the page, where what was written would be gone.
 */

type Watcher = { onclose: (() => void) | null; destroy: () => void };

const { CloseWatcher } = globalThis as { CloseWatcher?: new () => Watcher };

let watcher: Watcher | null = null;

/** Makes Back do `goBack`, once; with null it leaves the page as always. */
export function watchBack(goBack: (() => void) | null): void {
  watcher?.destroy();
  watcher = goBack && CloseWatcher ? new CloseWatcher() : null;
  if (watcher) watcher.onclose = goBack;
}
