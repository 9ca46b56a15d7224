/**
 * How a person arrives: takes the fragment of the link that introduced them out of the address bar, and leaves the
 * root print in it for the app as `data-root` of the document.
 *
 * A question mark at the end of the address is the way out for a person whose page does not work any more: the page
 * comes past the service worker, dismisses it and is loaded anew. The outbox stays, and so do the worker's files: the
 * next one checks them.
 */

export function arrive(): void {
  const [, print] = /^#root=([\w-]{43})$/.exec(location.hash) ?? [];
  if (print) document.documentElement.dataset.root = print;
  if (location.hash) history.replaceState(null, "", location.pathname);
  // A link that is opened in the window of the app only changes the fragment.
  addEventListener("hashchange", () => location.reload());
  if (location.href.endsWith("/?") && navigator.serviceWorker) {
    const again = (): void => location.replace(location.pathname);
    dismissWorkers().then(again, again);
  }
}

/** No page that is opened from now on has a service worker. */
export async function dismissWorkers(): Promise<void> {
  const registrations = await navigator.serviceWorker.getRegistrations();
  await Promise.all(registrations.map((registration) => registration.unregister()));
}
