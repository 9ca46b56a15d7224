/** Security keys, and whatever the browser lets take their place (WebAuthn level 2). The private key never comes here. */

import { type Bytes, toBase64url } from "../shared/bytes.ts";
import type { FactorBegun, FactorWanted } from "./answers.ts";
import { Problem } from "./api.ts";

/** A new security key, as the server reads it. */
export interface Attestation {
  readonly client_data: string;
  readonly attestation: string;
}

/** A security key's signature, as the server reads it. */
export interface Assertion {
  readonly credential: string;
  readonly client_data: string;
  readonly authenticator_data: string;
  readonly signature: string;
}

const PATIENCE_MS = 120_000;
/** COSE numbers: ECDSA with SHA-256, EdDSA, RSA with SHA-256. */
const ALGORITHMS = [-7, -8, -257];
/** An address of numbers has no security keys: browsers bind them to a name. */
const NUMBERS = /^[\d.]+$|:/;

/** Whether this browser has security keys at this address. */
export const takesKeys = (): boolean =>
  "PublicKeyCredential" in globalThis && !NUMBERS.test(location.hostname);

const written = (buffer: ArrayBuffer): string => toBase64url(new Uint8Array(buffer));

const named = (credentials: readonly Bytes[]): PublicKeyCredentialDescriptor[] =>
  credentials.map((id) => ({ type: "public-key", id }));

/** Whatever the browser says of a key that was not there, not touched or not one of these is one problem to us. */
async function touched(work: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await work();
    if (credential instanceof PublicKeyCredential) return credential;
  } catch (error) {
    const isKnown = error instanceof DOMException && error.name === "InvalidStateError";
    throw new Problem(isKnown ? "key_known" : "key_silent");
  }
  throw new Problem("key_silent");
}

/** Makes a security key for a member. Problem `key_known` for one that is the member's already, `key_silent` for none. */
export async function makeKey(begun: FactorBegun, name: string): Promise<Attestation> {
  const publicKey: PublicKeyCredentialCreationOptions = {
    challenge: begun.handle,
    rp: { name: location.hostname },
    user: { id: begun.handle, name, displayName: name },
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key", alg })),
    excludeCredentials: named(begun.credentials),
    authenticatorSelection: { residentKey: "discouraged", userVerification: "preferred" },
    attestation: "none",
    timeout: PATIENCE_MS,
  };
  const { response } = await touched(() => navigator.credentials.create({ publicKey }));
  const { clientDataJSON, attestationObject } = response as AuthenticatorAttestationResponse;
  return { client_data: written(clientDataJSON), attestation: written(attestationObject) };
}

/** Has one of the member's security keys sign. Problem `key_silent` when none of them did. */
export async function signWithKey(wanted: FactorWanted): Promise<Assertion> {
  const publicKey: PublicKeyCredentialRequestOptions = {
    challenge: wanted.handle,
    allowCredentials: named(wanted.credentials),
    userVerification: "preferred",
    timeout: PATIENCE_MS,
  };
  const { rawId, response } = await touched(() => navigator.credentials.get({ publicKey }));
  const signed = response as AuthenticatorAssertionResponse;
  return {
    credential: written(rawId),
    client_data: written(signed.clientDataJSON),
    authenticator_data: written(signed.authenticatorData),
    signature: written(signed.signature),
  };
}
