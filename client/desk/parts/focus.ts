/** Jumps inside the page. They are no links: a fragment would stand in the address and in the browser's history. */

/** The id of each screen's main part. */
export const CONTENT = "content";

/** Gives the focus to the first control of a field of the assessment. */
export function focusField(code: string): void {
  const field = `[data-form="assessment"] [data-field="${code}"]`;
  document.querySelector<HTMLElement>(`${field} :is(input, select)`)?.focus();
}

/** Brings an element into view and gives it the focus. */
export function focusOn(id: string): void {
  const element = document.getElementById(id);
  element?.scrollIntoView();
  element?.focus({ preventScroll: true });
}
