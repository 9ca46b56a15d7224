/**
 * What shared code may use of the platform: WebCrypto and text coding, which pages, workers and Node all have.
 * This file stands in for the DOM library, so that the compiler keeps everything else out of shared/.
 */

type BufferSource = ArrayBuffer | ArrayBufferView<ArrayBuffer>;
type KeyUsage = "encrypt" | "decrypt" | "verify" | "deriveBits";

interface CryptoKey {
  readonly type: string;
}

interface CryptoKeyPair {
  readonly publicKey: CryptoKey;
  readonly privateKey: CryptoKey;
}

interface JsonWebKey {
  kty?: string;
  crv?: string;
  x?: string;
  y?: string;
}

interface AesGcmParams {
  readonly name: "AES-GCM";
  readonly iv: BufferSource;
  readonly additionalData: BufferSource;
}

interface HkdfParams {
  readonly name: "HKDF";
  readonly hash: "SHA-256";
  readonly salt: BufferSource;
  readonly info: BufferSource;
}

interface Pbkdf2Params {
  readonly name: "PBKDF2";
  readonly hash: "SHA-256";
  readonly salt: BufferSource;
  readonly iterations: number;
}

interface EcdsaParams {
  readonly name: "ECDSA";
  readonly hash: "SHA-256";
}

interface SubtleCrypto {
  digest(algorithm: "SHA-256", data: BufferSource): Promise<ArrayBuffer>;
  importKey(
    format: "raw",
    key: BufferSource,
    algorithm: "AES-GCM" | "HKDF" | "PBKDF2",
    extractable: false,
    usages: readonly KeyUsage[],
  ): Promise<CryptoKey>;
  importKey(
    format: "jwk",
    key: JsonWebKey,
    algorithm: { readonly name: "ECDSA"; readonly namedCurve: "P-256" },
    extractable: false,
    usages: readonly KeyUsage[],
  ): Promise<CryptoKey>;
  encrypt(algorithm: AesGcmParams, key: CryptoKey, data: BufferSource): Promise<ArrayBuffer>;
  decrypt(algorithm: AesGcmParams, key: CryptoKey, data: BufferSource): Promise<ArrayBuffer>;
  deriveBits(
    algorithm: HkdfParams | Pbkdf2Params,
    key: CryptoKey,
    length: number,
  ): Promise<ArrayBuffer>;
  verify(
    algorithm: EcdsaParams,
    key: CryptoKey,
    signature: BufferSource,
    data: BufferSource,
  ): Promise<boolean>;
}

declare const crypto: { readonly subtle: SubtleCrypto };

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  constructor(label: "utf-8", options: { readonly fatal: true; readonly ignoreBOM: true });
  decode(bytes: BufferSource): string;
}

declare function btoa(binary: string): string;
declare function atob(text: string): string;
