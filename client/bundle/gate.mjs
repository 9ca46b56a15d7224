/**
 * The floor of the reporter app, checked on what was built and not on what was written: libraries are in it too.
 * Chrome 87, Firefox 102 and Safari 15.4 must be able to parse it and must have what it calls.
 */
import { parse } from "acorn";

const ECMA_VERSION = 2022;

/**
 * Syntax of up to 2022 that Chrome 87 or Safari 15.4 lack, by its node in the tree. Fields and private names they have.
 * @type {Readonly<Record<string, (node: Record<string, any>) => boolean>>}
 */
const TOO_NEW_SYNTAX = {
  "a static block": ({ type }) => type === "StaticBlock",
  "#name in": ({ type, left }) => type === "BinaryExpression" && left.type === "PrivateIdentifier",
  "a look behind in a regular expression": ({ regex }) => /\(\?<[=!]/.test(regex?.pattern),
  "the flag d of a regular expression": ({ regex }) => regex?.flags.includes("d") ?? false,
};

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
  "databases",
];
const TOO_NEW_GLOBALS = [
  "structuredClone",
  "reportError",
  "CompressionStream",
  "DecompressionStream",
];

/** Behind three dots stands a function of ours, under whatever name the minifier gave it. */
const METHOD_CALL = new RegExp(`(?<!\\.\\.)\\.(${TOO_NEW_METHODS.join("|")})\\(`, "g");
const GLOBAL_CALL = new RegExp(`(?<![\\w$.])(${TOO_NEW_GLOBALS.join("|")})\\(`, "g");
const STATIC_CALL = /\bAbortSignal\.(timeout|any)\(/g;

/** All nodes of a syntax tree. @param {unknown} tree @returns {Generator<Record<string, any>>} */
function* nodes(tree) {
  if (tree === null || typeof tree !== "object") return;
  if ("type" in tree) yield tree;
  for (const part of Object.values(tree)) yield* nodes(part);
}

/** @param {string} name @param {string} code */
function parseScript(name, code) {
  try {
    return parse(code, { ecmaVersion: ECMA_VERSION, sourceType: "script" });
  } catch (error) {
    throw new Error(`${name} is not ECMAScript ${ECMA_VERSION}: ${String(error)}`);
  }
}

/** What of the syntax is too new, if anything. @param {Record<string, any>} node */
const tooNew = (node) => Object.keys(TOO_NEW_SYNTAX).find((what) => TOO_NEW_SYNTAX[what]?.(node));

/**
 * Throws when a script uses syntax or built-ins that are newer than the floor.
 * @param {string} name @param {string} code
 */
export function checkFloor(name, code) {
  for (const node of nodes(parseScript(name, code))) {
    const what = tooNew(node);
    if (what) throw new Error(`${name} has what Chrome 87 or Safari 15.4 cannot parse: ${what}`);
  }
  for (const pattern of [METHOD_CALL, GLOBAL_CALL, STATIC_CALL]) {
    const found = code.match(pattern);
    if (found)
      throw new Error(
        `${name} calls what Chrome 87 or Safari 15.4 does not have: ${[...new Set(found)].join(" ")}`,
      );
  }
}
