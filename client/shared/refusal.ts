/** The one way in which the protocol says no. */

/** The closed list of places where bytes can be refused (PROTOCOL sections 3 to 9). */
export type Layer =
  | "length"
  | "check"
  | "version"
  | "kid"
  | "open"
  | "padding"
  | "json"
  | "schema"
  | "signature"
  | "pin"
  | "type"
  | "truncated"
  | "too_many";

/** Bytes were refused. `layer` is the first check that failed; the input is never repeated. */
export class Refusal extends Error {
  readonly layer: Layer;

  constructor(layer: Layer) {
    super(layer);
    this.name = "Refusal";
    this.layer = layer;
  }
}
