/** Reads JSON from the server strictly: every answer has one shape, anything else is a strange answer. */
import { type Bytes, fromBase64url } from "../shared/bytes.ts";
import { isObject, type JsonObject } from "../shared/json.ts";

/** The server, or something that stands in its place, did not answer in the agreed shape. */
export class StrangeAnswer extends Error {}

/** Turns an unknown value into a T or throws StrangeAnswer. */
export type Shape<T> = (value: unknown) => T;

const shape =
  <T>(is: (value: unknown) => value is T): Shape<T> =>
  (value) => {
    if (is(value)) return value;
    throw new StrangeAnswer();
  };

export const text: Shape<string> = shape((value) => typeof value === "string");
export const count: Shape<number> = shape(
  (value): value is number => Number.isSafeInteger(value) && (value as number) >= 0,
);
export const whole: Shape<number> = shape((value): value is number => Number.isSafeInteger(value));
export const quantity: Shape<number> = shape((value): value is number => Number.isFinite(value));
export const truth: Shape<boolean> = shape((value) => typeof value === "boolean");

/** Lower-case hexadecimal of so many bytes. */
export const hex = (bytes: number): Shape<string> =>
  shape(
    (value): value is string =>
      typeof value === "string" && value.length === 2 * bytes && /^[0-9a-f]*$/.test(value),
  );

/** Bytes written in base64url. */
export const bytes: Shape<Bytes> = (value) => {
  try {
    return fromBase64url(text(value));
  } catch {
    throw new StrangeAnswer();
  }
};

export const nullable =
  <T>(inner: Shape<T>): Shape<T | null> =>
  (value) =>
    value === null ? null : inner(value);

export const list =
  <T>(inner: Shape<T>): Shape<T[]> =>
  (value) => {
    if (Array.isArray(value)) return value.map(inner);
    throw new StrangeAnswer();
  };

type Members<S> = { [K in keyof S]: S[K] extends Shape<infer T> ? T : never };

/** An object with at least these members; others are left behind. */
export const object =
  <S extends Record<string, Shape<unknown>>>(members: S): Shape<Members<S>> =>
  (value) => {
    if (!isObject(value)) throw new StrangeAnswer();
    const read = Object.entries(members).map(([name, inner]) => [name, inner(value[name])]);
    return Object.fromEntries(read) as Members<S>;
  };

/** Any object, its members unread. */
export const record: Shape<JsonObject> = shape(isObject);
