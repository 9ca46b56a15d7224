/** As much of a page as the sender and what it stands on look at. */

/** A page that nobody has left, in sight or not. */
export const newPage = (visibilityState = "visible") =>
  Object.assign(new EventTarget(), { visibilityState, documentElement: { dataset: {} } });
