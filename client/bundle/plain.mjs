/** What the page says before any script has run, or where none does: in several languages, as nobody can choose one there. */
import { FIRST, LANGUAGES, readLanguage } from "./languages.mjs";

/** Marks in report/index.html, and what stands in their place for each language. */
const MARKS = { __WAIT__: wait, __REFUSED__: refused };
const ADDRESS = "https://";

/** The languages that have words for it. Each costs every phone 0.2 kB before the first question. */
export const SPOKEN = LANGUAGES.filter((code) => readLanguage(code).page);

/** The page with its marks filled in. @param {string} html */
export const speakAll = (html) =>
  Object.entries(MARKS).reduce(
    (page, [mark, say]) => page.replaceAll(mark, SPOKEN.map(say).join("\n")),
    html,
  );

/** @param {string} code */
function wait(code) {
  return `<p class="wait"${attributes(code)}>${text(code, "wait")}</p>`;
}

/** @param {string} code */
function refused(code) {
  return [
    `<div${attributes(code)}>`,
    `<h1>${text(code, "refusedTitle")}</h1>`,
    `<p>${text(code, "refusedText")}</p>`,
    `<p>${text(code, "refusedHow")}</p>`,
    "</div>",
  ].join("\n");
}

/** The page itself is in the first language. @param {string} code */
const attributes = (code) =>
  code === FIRST ? "" : ` lang="${code}" dir="${readLanguage(code).dir}"`;

/** @param {string} code @param {string} key */
const text = (code, key) =>
  readLanguage(code)
    .page[key].replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(ADDRESS, `<bdi>${ADDRESS}</bdi>`);
