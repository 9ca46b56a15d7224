/** JSON as the protocol has it: each member once, each number a plain integer. */
import { type Bytes, fromUtf8 } from "./bytes.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** Strings first, so that brackets and digits inside of them are never taken for tokens. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|[{}]|-?\d[\d.eE+-]*/g;
const owns = Object.prototype.hasOwnProperty;
const INTEGER = /^-?\d+$/;
const NO_INTEGER = "0.5";

/**
 * Reads UTF-8 JSON. Throws (`SyntaxError`, `TypeError`) for other bytes, a byte order mark, or a member that stands
 * twice in an object.
 *
 * `1.0` and `1e0` are not integers here although JavaScript cannot tell: they come out as a fraction, which no
 * schema takes.
 */
export function parseJson(bytes: Bytes): unknown {
  const text = fromUtf8(bytes);
  JSON.parse(text);
  refuseRepeatedMembers(text);
  return JSON.parse(text.replace(TOKEN, (token) => (isFraction(token) ? NO_INTEGER : token)));
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Own members only: `constructor` and its like are inherited by every object. */
export const has = (object: object, name: string): boolean => owns.call(object, name);

/** Whether an object has all of `required`, and nothing that is in neither list. */
export const hasMembers = (
  value: unknown,
  required: readonly string[],
  optional: readonly string[] = [],
): value is JsonObject =>
  isObject(value) &&
  required.every((name) => has(value, name)) &&
  Object.keys(value).every((name) => required.includes(name) || optional.includes(name));

/** Whether a value is text of 1 to `longest` code points without lone surrogates. */
export const isText = (value: unknown, longest: number): value is string =>
  typeof value === "string" &&
  value !== "" &&
  !/[\ud800-\udfff]/u.test(value) &&
  [...value].length <= longest;

/** Whether a value is text of a pattern. */
export const matches = (pattern: RegExp, value: unknown): value is string =>
  typeof value === "string" && pattern.test(value);

const isFraction = (token: string): boolean => /^[-\d]/.test(token) && !INTEGER.test(token);

/** `text` is JSON already: what stands before a colon is a member's name, and brackets are balanced. */
function refuseRepeatedMembers(text: string): void {
  const open: Set<string>[] = [];
  for (const [token, colon] of text.matchAll(TOKEN)) {
    if (token === "{") open.push(new Set());
    else if (token === "}") open.pop();
    else if (colon !== undefined) addOnce(open[open.length - 1], token.slice(0, -colon.length));
  }
}

function addOnce(names: Set<string> | undefined, quoted: string): void {
  const name: string = JSON.parse(quoted);
  if (names?.has(name)) throw new SyntaxError("a member stands twice");
  names?.add(name);
}
