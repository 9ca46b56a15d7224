/**
 * The floor of the reporter app, checked on what was built and not on what was written: libraries are in it too.
 * Chrome 87, Firefox 102 and Safari 15.4 must be able to parse it and must have what it calls.
 */
import { parse } from "acorn";

const ECMA_VERSION = 2020;

/** Methods that Chrome 87 or Safari 15.4 lack. `at` and `with` are common words, but never of methods of ours. */
const TOO_NEW_METHODS = [
  "at",
  "findLast",
  "findLastIndex",
  "toSorted",
  "toReversed",
  "toSpliced",
  "hasOwn",
  "groupBy",
  "randomUUID",
  "isWellFormed",
  "toWellFormed",
  "fromAsync",
  "withResolvers",
  "throwIfAborted",
];
const TOO_NEW_GLOBALS = ["structuredClone", "reportError"];

const METHOD_CALL = new RegExp(`\\.(${TOO_NEW_METHODS.join("|")})\\(`, "g");
const GLOBAL_CALL = new RegExp(`(?<![\\w$.])(${TOO_NEW_GLOBALS.join("|")})\\(`, "g");
const STATIC_CALL = /\bAbortSignal\.(timeout|any)\(/g;

/**
 * Throws when a script uses syntax or built-ins that are newer than the floor.
 * @param {string} name @param {string} code
 */
export function checkFloor(name, code) {
  try {
    parse(code, { ecmaVersion: ECMA_VERSION, sourceType: "script" });
  } catch (error) {
    throw new Error(`${name} is not ECMAScript ${ECMA_VERSION}: ${String(error)}`);
  }
  for (const pattern of [METHOD_CALL, GLOBAL_CALL, STATIC_CALL]) {
    const found = code.match(pattern);
    if (found)
      throw new Error(
        `${name} calls what Chrome 87 does not have: ${[...new Set(found)].join(" ")}`,
      );
  }
}
