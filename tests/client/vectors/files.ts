import { readdirSync, readFileSync } from "node:fs";
import { type Bytes, concat, fromHex, utf8 } from "../../../client/shared/bytes.ts";

const ROOT = new URL("../../vectors/", import.meta.url);

/** One byte many times. */
type Fill = { readonly fill: string; readonly count: number };
type WrittenBytes = string | readonly (string | Fill)[];

/** One file of tests/vectors; its README says which members an operation has. */
export type Vector = {
  readonly name: string;
  readonly about: string;
  readonly refused?: string;
  readonly [member: string]: unknown;
};

/** The folders of vectors, each named by its operation. */
export const operations = (): string[] =>
  readdirSync(ROOT, { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() && readdirSync(new URL(`${entry.name}/`, ROOT)).some(isVector),
    )
    .map(({ name }) => name);

export function vectors(operation: string): Vector[] {
  const folder = new URL(`${operation}/`, ROOT);
  return readdirSync(folder)
    .filter(isVector)
    .sort()
    .map((name) => ({ name, ...JSON.parse(readFileSync(new URL(name, folder), "utf8")) }));
}

/** A member that is bytes. */
export function bytes(vector: Vector, member: string): Bytes {
  const written = vector[member] as WrittenBytes;
  return concat(...(typeof written === "string" ? [written] : written).map(piece));
}

/** A member that is text. */
export function text(vector: Vector, member: string): string {
  const written = vector[member];
  if (typeof written !== "string") throw new TypeError(`${vector.name} has no ${member}`);
  return written;
}

/** Bytes that a vector may also write as text, under the shorter name. */
export const bytesOrText = (vector: Vector, member: string): Bytes =>
  member in vector ? utf8(text(vector, member)) : bytes(vector, `${member}_bytes`);

const isVector = (name: string): boolean => /^(accept|record|refuse)-.*\.json$/.test(name);

const piece = (part: string | Fill): Bytes =>
  typeof part === "string"
    ? fromHex(part)
    : new Uint8Array(part.count).fill(Number.parseInt(part.fill, 16));
