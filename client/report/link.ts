/**
 * Runs before the first paint: takes the fragment of the link that introduced the person out of the address bar, and
 * leaves the root print in it for the app as `data-root` of the document.
 */

const [, print] = /^#root=([\w-]{43})$/.exec(location.hash) ?? [];
if (print) document.documentElement.dataset.root = print;
if (location.hash) history.replaceState(null, "", location.pathname);

export {};
