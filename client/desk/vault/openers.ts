/**
 * Workers beside the vault that open envelopes for it, side by side. They run the vault's own script, hold the desk seeds
 * that it lends them, and end with it.
 */
import type { Bytes } from "../../shared/bytes.ts";
import type { Vault } from "./client.ts";
import type { Read } from "./messages.ts";
import { type Opener, openerWith } from "./open.ts";

/** More than these the server would not feed. */
const MOST = 4;

/** How many openers this computer has room for. */
export const openersHere = (cores: number): number => (cores > 1 ? Math.min(MOST, cores) : 0);

export class Openers {
  readonly #start: () => Vault;
  readonly #count: number;
  #crew: readonly Vault[] = [];

  /** `start` starts a worker with this script. */
  constructor(start: () => Vault, count: number) {
    this.#start = start;
    this.#count = count;
  }

  /** Opens with these seeds from now on; in this thread where there is no room for others, or none can be started. */
  async with(seeds: ReadonlyMap<string, Bytes>): Promise<Opener> {
    const alone = openerWith(seeds);
    for (const old of this.#crew) old.close();
    try {
      this.#crew = Array.from({ length: this.#count }, this.#start);
      await Promise.all(this.#crew.map((each) => each.ask("lend", { seeds })));
    } catch {
      this.#crew = [];
    }
    return this.#crew.length > 0 ? (envelopes, progress) => this.#open(envelopes, progress) : alone;
  }

  /** Deals the envelopes out one by one, so that all openers end at about the same time. */
  async #open(envelopes: readonly Bytes[], progress: (done: number, total: number) => void) {
    const crew = this.#crew;
    const done = crew.map(() => 0);
    const dealt = crew.map((_, at) => envelopes.filter((_, index) => index % crew.length === at));
    const read = await Promise.all(
      crew.map(async (opener, at): Promise<readonly Read[]> => {
        const step = (count: number) => {
          done[at] = count;
          progress(
            done.reduce((sum, each) => sum + each),
            envelopes.length,
          );
        };
        return (await opener.ask("openEach", { envelopes: dealt[at] ?? [] }, step)).read;
      }),
    );
    return envelopes.flatMap(
      (_, at) => read[at % crew.length]?.[Math.floor(at / crew.length)] ?? [],
    );
  }
}
