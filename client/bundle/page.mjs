/** Pages and manifests: references to source files become addresses of built assets. */

/** @typedef {import("./assets.mjs").Asset} Asset */

/** What is filled into pages here. The server fills in the rest. */
const BUILD = "__BUILD__";

const REFERENCE = /\b(href|src)="([^":#]+)"/g;

/**
 * Replaces `src="app.tsx"` with the address of the built asset and, for scripts and stylesheets, adds its integrity.
 * Absolute addresses stay; a name that was not built is an error.
 * @param {string} html @param {Map<string, Asset | string>} built by the name used in the page
 */
export const linkPage = (html, built) =>
  html.replace(REFERENCE, (whole, attribute, name) => {
    if (name.startsWith("/")) return whole;
    const target = built.get(name.replace(/^\.\//, ""));
    if (target === undefined) throw new Error(`The page refers to ${name}, which is not built.`);
    if (typeof target === "string") return `${attribute}="${target}"`;
    const address = `${attribute}="${target.url}"`;
    return /\.(js|css)$/.test(target.path) ? `${address} integrity="${target.integrity}"` : address;
  });

/** The web app manifest with the addresses of built icons. @param {string} json @param {Map<string, Asset | string>} built */
export function linkManifest(json, built) {
  const manifest = JSON.parse(json);
  for (const icon of manifest.icons ?? []) {
    const target = built.get(icon.src);
    if (!target || typeof target === "string") throw new Error(`Icon ${icon.src} is not built.`);
    icon.src = target.url;
  }
  return JSON.stringify(manifest);
}

/** Markup without the line breaks and the indent between tags. @param {string} html */
export const squeeze = (html) => `${html.replace(/\n\s*/g, "\n").trim()}\n`;

/** @param {string} page @param {string} id */
export const withBuild = (page, id) => page.replaceAll(BUILD, id);
