/**
 * Leaving in a hurry. The link in the page works before any script has run; with the script everything that was written
 * is gone from the page before it navigates, and its entry in the history is replaced. Coming Back finds an empty start.
 */

/** `wipe` empties the page; `restart` shows the start again. */
export function watchExit(link: HTMLAnchorElement, wipe: () => void, restart: () => void): void {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    emptyFields();
    wipe();
    location.replace(link.href);
  });
  addEventListener("pagehide", () => {
    emptyFields();
    wipe();
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) restart();
  });
}

/** The browser's own copies for session restore are taken from the fields. */
function emptyFields(): void {
  for (const field of document.querySelectorAll("input, textarea")) {
    (field as HTMLInputElement | HTMLTextAreaElement).value = "";
  }
}
