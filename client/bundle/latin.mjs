/** Packs Latin names beside Arabic ones, so that shared/latin.ts reads them again. */
import { load } from "./typescript.mjs";

/** @type {typeof import("../shared/latin.ts")} */
const { CASE, endsWord, latinName, SKIP, TAKE, unitsOf, WHOLE } = await load("shared/latin.ts");

/** What steps of a patch cost here: those that are written most are the cheapest to compress. */
const COST = { take: 3, skip: 5, letter: 16 };

/** A patch, and what its steps cost. @typedef {{ cost: number, patch: string }} Way */

/**
 * The patch with the cheapest steps, or the whole name where no patch gives it.
 * @param {string} arabic @param {string} latin
 */
export function patchFor(arabic, latin) {
  const patch = cheapest(unitsOf(arabic), latin).replace(new RegExp(`\\${TAKE}+$`), "");
  return latinName(arabic, patch) === latin ? patch : WHOLE + latin;
}

/** The cheapest way from any unit and letter to the end, found from the end on. @param {string[]} units @param {string} latin */
function cheapest(units, latin) {
  /** @type {Way[][]} */
  const ways = [];
  for (let unit = units.length; unit >= 0; unit -= 1) {
    ways[unit] = [];
    for (let letter = latin.length; letter >= 0; letter -= 1) {
      /** @type {any} */ (ways[unit])[letter] = best(steps(units, latin, unit, letter, ways));
    }
  }
  return ways[0]?.[0]?.patch ?? "";
}

/** @param {Way[]} ways @returns {Way} */
const best = (ways) => ways.reduce((one, other) => (other.cost < one.cost ? other : one));

/**
 * What can be done at one unit and one letter of the name.
 * @param {string[]} units @param {string} latin @param {number} unit @param {number} letter @param {Way[][]} ways
 * @returns {Way[]}
 */
function steps(units, latin, unit, letter, ways) {
  const rest = latin.slice(letter);
  const isFirst = endsWord(latin.slice(0, letter));
  const then = (
    /** @type {string} */ step,
    /** @type {number} */ cost,
    /** @type {Way | undefined} */ way,
  ) => (way ? [{ cost: cost + way.cost, patch: step + way.patch }] : []);
  const taken = written(units[unit] ?? "", isFirst);
  const literal = literalFor(rest.charAt(0), isFirst);
  return [
    ...(unit < units.length && rest.startsWith(taken)
      ? then(TAKE, COST.take, ways[unit + 1]?.[letter + taken.length])
      : []),
    ...(unit < units.length ? then(SKIP, COST.skip, ways[unit + 1]?.[letter]) : []),
    ...(rest === "" ? [] : then(literal, COST.letter * literal.length, ways[unit]?.[letter + 1])),
    ...(unit === units.length && rest === "" ? [{ cost: 0, patch: "" }] : []),
  ];
}

/** @param {string} text @param {boolean} isFirst */
const written = (text, isFirst) => (isFirst ? text.charAt(0).toUpperCase() + text.slice(1) : text);

/** A letter as a patch brings it. @param {string} letter @param {boolean} isFirst */
function literalFor(letter, isFirst) {
  const small = letter.toLowerCase();
  return written(small, isFirst) === letter ? small : CASE + small;
}
