/** What the app does when its page goes: nothing that was written is in it any more when somebody comes back. */
import type { Leaving } from "./exit.ts";

/** How a document is left when what this phone keeps is being erased. */
export const ERASED = "erased";

/** Whether this document shows the ordinary page already (exit.ts). */
export const isLeft = (): boolean => document.documentElement.dataset.left !== undefined;

/** Whether what this phone keeps is being erased: nothing is to be put in its place. */
export const isErased = (): boolean => document.documentElement.dataset.left === ERASED;

type Ways = {
  /** The person leaves in a hurry; resolves when everything is forgotten. */
  readonly leave: () => Promise<void>;
  /** The page goes, for whatever reason. */
  readonly hide: () => void;
  /** The page is shown again, from the browser's memory. */
  readonly restart: () => void;
};

export function watchLeaving({ leave, hide, restart }: Ways): void {
  addEventListener("leave", (event) => {
    emptyFields();
    (event as Leaving).detail.push(leave());
  });
  addEventListener("pagehide", () => {
    emptyFields();
    hide();
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted && !isLeft()) restart();
  });
}

/** The browser's own copies for session restore are taken from the fields. */
function emptyFields(): void {
  for (const field of document.querySelectorAll("input, textarea")) {
    (field as HTMLInputElement | HTMLTextAreaElement).value = "";
  }
}
