import { createCipheriv, createDecipheriv } from "node:crypto";
import { AeadId } from "@hpke/core";

type Input = ArrayBufferLike | ArrayBufferView;

/**
 * ChaCha20-Poly1305 as an AEAD of HPKE, from Node. The protocol does not use it; the published vectors of HPKE with
 * X-Wing do.
 */
export class ChaCha20Poly1305 {
  readonly id = AeadId.Chacha20Poly1305;
  readonly keySize = 32;
  readonly nonceSize = 12;
  readonly tagSize = 16;

  createEncryptionContext(rawKey: Input) {
    const key = view(rawKey);
    const options = { authTagLength: this.tagSize };
    return {
      seal: async (nonce: Input, text: Input, aad: Input) => {
        const cipher = createCipheriv("chacha20-poly1305", key, view(nonce), options);
        cipher.setAAD(view(aad), { plaintextLength: text.byteLength });
        const sealed = [cipher.update(view(text)), cipher.final(), cipher.getAuthTag()];
        return Uint8Array.from(Buffer.concat(sealed)).buffer;
      },
      open: async (nonce: Input, sealed: Input, aad: Input) => {
        const bytes = view(sealed);
        const end = bytes.length - this.tagSize;
        const decipher = createDecipheriv("chacha20-poly1305", key, view(nonce), options);
        decipher.setAAD(view(aad), { plaintextLength: end }).setAuthTag(bytes.subarray(end));
        return Uint8Array.from([...decipher.update(bytes.subarray(0, end)), ...decipher.final()])
          .buffer;
      },
    };
  }
}

const view = (bytes: Input): Uint8Array =>
  ArrayBuffer.isView(bytes)
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);
