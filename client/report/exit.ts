/**
 * Leaving in a hurry. The link in the page works before any script has run; with the script everything that was written
 * is gone from the page before it navigates, and its entry in the history is replaced. Coming Back finds an empty start.
 */

/**
 * `leave`: the person leaves in a hurry. `hide`: the page goes, for whatever reason. Both empty the page. `restart`: the
 * page is shown again, from the browser's memory.
 */
export function watchExit(
  link: HTMLAnchorElement,
  { leave, hide, restart }: Record<"leave" | "hide" | "restart", () => void>,
): void {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    emptyFields();
    leave();
    location.replace(link.href);
  });
  addEventListener("pagehide", () => {
    emptyFields();
    hide();
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
