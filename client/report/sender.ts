/**
 * Gets sealed reports out: one window at a time, parcel by parcel, for as long as it takes.
 *
 * Nothing expires and nothing is given up. A record leaves the outbox only after a verified receipt. After a failure
 * the next parcel is smaller and the records of the last one wait behind the others, so that one that cannot go
 * never holds the rest.
 */
import { countThatFit } from "../shared/parcel.ts";
import type { Clock } from "./clock.ts";
import { type Delivery, deliver, type Envelope, type Trouble } from "./delivery.ts";
import type { KeyRing } from "./keys.ts";
import { exclusively } from "./lock.ts";
import { BROKEN, type Outbox, type Waiting } from "./outbox.ts";

const FIRST_PARCEL = 8;
const FULL_PARCEL = 64;
/** Milliseconds. */
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 300_000;
const SHORTEST_WAIT = 500;
/** Over how long phones spread that hear at the same moment that the network is back. */
const RETURN_SPREAD = 5000;

export class Sender {
  readonly #outbox: Outbox;
  readonly #keys: KeyRing;
  readonly #clock: Clock;
  readonly #changed: () => void;
  #sending = false;
  #trouble: Trouble | null = null;
  #received: readonly string[] = [];
  #size = FIRST_PARCEL;
  #failures = 0;
  /** Before this moment only a person may make us send: the server asked for patience. */
  #notBefore = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** How often a record was in a parcel that did not arrive. */
  readonly #tired = new Map<string, number>();

  constructor(outbox: Outbox, keys: KeyRing, clock: Clock, changed: () => void) {
    this.#outbox = outbox;
    this.#keys = keys;
    this.#clock = clock;
    this.#changed = changed;
  }

  get sending(): boolean {
    return this.#sending;
  }

  /** Why the last try did not get through; null when it did or there was none. */
  get trouble(): Trouble | null {
    return this.#trouble;
  }

  /** Ids whose receipt this window has verified. */
  get received(): readonly string[] {
    return this.#received;
  }

  /** Something happened that makes a try worth it (start, a new record, back in sight): waiting starts over. */
  async nudge(): Promise<void> {
    this.#failures = 0;
    await this.#flush();
  }

  /** A person asks: nothing stands in the way, and refused records are tried again. */
  async insist(): Promise<void> {
    this.#failures = 0;
    this.#notBefore = 0;
    await this.#outbox.pardon();
    await this.#flush();
  }

  /** The browser says that the network is back. Many phones hear that at once, so they do not all call at once. */
  returned(): void {
    this.#failures = 0;
    this.#wait(RETURN_SPREAD);
  }

  async #flush(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    this.#changed();
    try {
      await exclusively(this.#outbox.stored, this.#clock, () => this.#work());
    } finally {
      await this.#outbox.look();
      this.#sending = false;
      this.#rest();
      this.#changed();
    }
  }

  async #work(): Promise<void> {
    await this.#outbox.settle();
    if (!this.#keys.set && !(await this.#keys.refresh())) return this.#fail([], "silence", 0);
    if (this.#clock.now() < this.#notBefore) return;
    while (await this.#sendOne()) this.#changed();
  }

  /** Sends one parcel; whether to go on at once. */
  async #sendOne(): Promise<boolean> {
    const parcel = await this.#pack();
    if (parcel.length === 0) return false;
    const delivery = await deliver(parcel, this.#keys);
    if (delivery.trouble === null) return this.#settleWith(parcel, delivery);
    this.#fail(parcel, delivery.trouble, delivery.retryAfter);
    return delivery.trouble === "refused" && parcel.length > 1;
  }

  /** Puts a verified answer into effect; whether it moved anything. */
  async #settleWith(
    parcel: readonly Envelope[],
    { received, refused }: Delivery & { trouble: null },
  ): Promise<boolean> {
    if (received.length + refused.length === 0) {
      this.#fail(parcel, "receipt", 0);
      return false;
    }
    this.#received = [...new Set([...this.#received, ...received])];
    for (const [id, reason] of refused) await this.#outbox.refuse(id, reason);
    if (!(await this.#removed(received))) {
      this.#fail(parcel, "storage", 0);
      return false;
    }
    this.#trouble = null;
    this.#failures = 0;
    this.#size = Math.min(this.#size * 2, FULL_PARCEL);
    return true;
  }

  /** What cannot be taken out now is sent again and answered again: the server knows it. */
  async #removed(ids: readonly string[]): Promise<boolean> {
    try {
      await this.#outbox.remove(ids);
      return true;
    } catch {
      return false;
    }
  }

  #fail(parcel: readonly Envelope[], trouble: Trouble, retryAfter: number): void {
    this.#trouble = trouble;
    this.#failures += 1;
    if (parcel.length > 0) this.#size = Math.ceil(parcel.length / 2);
    if (retryAfter > 0) this.#notBefore = this.#clock.now() + retryAfter;
    for (const { id } of parcel) this.#tired.set(id, this.#tiredness(id) + 1);
  }

  /** The next parcel: the least tired records, oldest first. What is no envelope any more is set aside. */
  async #pack(): Promise<Envelope[]> {
    const packed: Envelope[] = [];
    for (const { id } of this.#next()) {
      const bytes = await this.#outbox.read(id);
      if (bytes === BROKEN) await this.#outbox.refuse(id, BROKEN);
      else if (bytes) packed.push({ id, bytes });
    }
    return packed.slice(0, countThatFit(packed.map(({ bytes }) => bytes.length)));
  }

  #next(): readonly Waiting[] {
    const sendable = this.#sendable();
    const least = Math.min(...sendable.map(({ id }) => this.#tiredness(id)));
    return sendable.filter(({ id }) => this.#tiredness(id) === least).slice(0, this.#size);
  }

  #sendable(): readonly Waiting[] {
    return this.#outbox.waiting.filter(({ refused }) => refused === "");
  }

  #tiredness(id: string): number {
    return this.#tired.get(id) ?? 0;
  }

  /** Plans the next try, when there is something to try for. */
  #rest(): void {
    clearTimeout(this.#timer);
    if (this.#keys.set && this.#sendable().length === 0) return;
    const patience = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#failures);
    this.#wait(patience, Math.max(SHORTEST_WAIT, this.#notBefore - this.#clock.now()));
  }

  /** Tries after a time drawn by chance up to `spread`, added to `least`; not while nobody looks. */
  #wait(spread: number, least = SHORTEST_WAIT): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        if (document.visibilityState === "visible") void this.#flush();
      },
      least + this.#clock.chance() * spread,
    );
  }
}
