/** The passphrase's stretching (PROTOCOL section 8). Runs in the worker only: it takes about a second and 64 MiB. */
import { argon2id } from "hash-wasm";
import type { Bytes } from "../shared/bytes.ts";
import { ARGON2, passphraseBytes } from "../shared/members.ts";

/** Argon2id of a passphrase; `salt` is 16 bytes, the answer 32. */
export async function stretchPassphrase(passphrase: string, salt: Bytes): Promise<Bytes> {
  const okm = await argon2id({
    password: passphraseBytes(passphrase),
    salt,
    memorySize: ARGON2.memory,
    iterations: ARGON2.passes,
    parallelism: ARGON2.lanes,
    hashLength: ARGON2.bytes,
    outputType: "binary",
  });
  return Uint8Array.from(okm);
}
