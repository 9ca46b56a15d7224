/** Compact JWS with ES256 and a fixed header (RFC 7515): the one form of signature in the protocol. */
import { type Bytes, fromBase64url, isBase64urlOf, toBase64url, utf8 } from "./bytes.ts";
import { hasMembers, isObject, type JsonObject, parseJson } from "./json.ts";
import { type PublicJwk, sha256, verifyEs256 } from "./primitives.ts";
import { Refusal } from "./refusal.ts";

export const ALGORITHM = "ES256";

const COORDINATE_BYTES = 32;

/** A JWS of the right form whose signature is not yet checked. */
export type Jws = {
  readonly header: JsonObject;
  readonly payload: Bytes;
  readonly signed: Bytes;
  readonly signature: Bytes;
};

/** Takes a JWS apart: three parts of base64url, the first a JSON object; else `Refusal("json")`. */
export function splitJws(text: string): Jws {
  try {
    const [header, payload, signature, ...more] = text.split(".").map(fromBase64url);
    if (!header || !payload || !signature || more.length > 0)
      throw new RangeError("not three parts");
    return {
      header: object(parseJson(header)),
      payload,
      signature,
      signed: utf8(text.slice(0, text.lastIndexOf("."))),
    };
  } catch {
    throw new Refusal("json");
  }
}

/** The JSON payload once the signature holds: refuses at `signature`, then at `schema` for what is not strict JSON. */
export async function verifyJws(jws: Jws, key: PublicJwk): Promise<unknown> {
  if (!(await verifyEs256(key, jws.signature, jws.signed))) throw new Refusal("signature");
  try {
    return parseJson(jws.payload);
  } catch {
    throw new Refusal("schema");
  }
}

/** Whether a value is a P-256 public JWK of exactly crv, kty, x, y with 32-byte coordinates. */
export const isPublicJwk = (value: unknown): value is PublicJwk =>
  hasMembers(value, ["crv", "kty", "x", "y"]) &&
  value.crv === "P-256" &&
  value.kty === "EC" &&
  isBase64urlOf(value.x, COORDINATE_BYTES) &&
  isBase64urlOf(value.y, COORDINATE_BYTES);

/** The JWK thumbprint (RFC 7638, SHA-256), 43 characters of base64url. */
export const thumbprint = async ({ crv, kty, x, y }: PublicJwk): Promise<string> =>
  toBase64url(await sha256(utf8(JSON.stringify({ crv, kty, x, y }))));

/** Whether a header is exactly `alg` ES256, `typ` as given, and the one member that says which key. */
export const isHeader = (header: JsonObject, type: string, member: "jwk" | "kid"): boolean =>
  hasMembers(header, ["alg", "typ", member]) && header.alg === ALGORITHM && header.typ === type;

function object(value: unknown): JsonObject {
  if (!isObject(value)) throw new TypeError("not an object");
  return value;
}
