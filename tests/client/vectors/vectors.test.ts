import { describe, expect, test } from "vitest";
import { toHex } from "../../../client/shared/bytes.ts";
import { layerOf } from "../shared/refusals.ts";
import { bytes, operations, type Vector, vectors } from "./files.ts";
import { BYTES, NOT_IN_A_BROWSER, OPERATIONS, SERVER_ONLY } from "./operations.ts";

test("every folder of vectors is run here or is the server's alone", () => {
  const known = [...Object.keys(OPERATIONS), ...SERVER_ONLY];
  expect(operations().filter((operation) => !known.includes(operation))).toEqual([]);
});

describe.each(operations().filter((operation) => operation in OPERATIONS))("%s", (operation) => {
  const run = async (vector: Vector) => (await OPERATIONS[operation]?.(vector)) ?? {};

  const accepted = vectors(operation)
    .filter(({ refused }) => refused === undefined)
    .filter(({ name }) => !NOT_IN_A_BROWSER.includes(`${operation}/${name}`));
  test.each(accepted)("$name: $about", async (vector) => {
    const made = await run(vector);
    expect(made).toEqual(expectedOf(vector, Object.keys(made)));
  });

  const refused = vectors(operation).filter((vector) => vector.refused !== undefined);
  test.each(refused)("$name: $about", async (vector) => {
    expect(await layerOf(() => run(vector))).toBe(vector.refused);
  });
});

const expectedOf = (vector: Vector, members: readonly string[]) =>
  Object.fromEntries(
    members.map((name) => [name, BYTES.includes(name) ? toHex(bytes(vector, name)) : vector[name]]),
  );
