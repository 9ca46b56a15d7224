/** What the page and the packer say to each other. A packer makes one archive and ends. */
import type { Bytes } from "../../shared/bytes.ts";
import { startPacker } from "../vault/start.ts";
import type { Case } from "./archive.ts";

/** Who can open an archive: whoever has the passphrase, or the key to this recipient (`age1…`). */
export type Lock = { readonly passphrase: string } | { readonly recipient: string };

/** What goes into an archive. Envelopes are taken out of parcels by what they are. */
export interface Contents {
  readonly made: Case;
  readonly parcels: readonly Bytes[];
}

export type Ask = { readonly lock: Lock } | { readonly contents: Contents };
export type Reply =
  | { readonly isLocked: boolean }
  | { readonly archive: Bytes }
  | { readonly isBroken: true };

/** Something was asked of a packer that it could not do. */
export class PackerFailed extends Error {}

/** The page's side of a packer. */
export class Packer {
  readonly #worker = startPacker();

  /** False for what is no recipient. Throws PackerFailed, also where its script does not come. */
  async lock(lock: Lock): Promise<boolean> {
    const reply = await this.#ask({ lock });
    return "isLocked" in reply && reply.isLocked;
  }

  /** The archive, encrypted. Throws PackerFailed. */
  async pack(contents: Contents): Promise<Bytes> {
    const reply = await this.#ask({ contents });
    if ("archive" in reply) return reply.archive;
    throw new PackerFailed();
  }

  /** Ends the worker, and with it all that it was given. */
  close(): void {
    this.#worker.terminate();
  }

  #ask(ask: Ask): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#worker.onmessage = ({ data }: MessageEvent<Reply>) => resolve(data);
      this.#worker.onerror = () => reject(new PackerFailed());
      this.#worker.postMessage(ask);
    });
  }
}
