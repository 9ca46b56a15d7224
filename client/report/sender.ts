/**
 * Gets sealed reports out: one window at a time, parcel by parcel, for as long as it takes.
 *
 * Nothing expires and nothing is given up. A record leaves the outbox only after a verified receipt. How much goes into
 * a parcel follows what the last ones met (sizing.ts). After a failure the records of the last parcel wait behind the
 * others, so that one that cannot go never holds the rest.
 */
import type { Bytes } from "../shared/bytes.ts";
import { fitParcel, parcelLength } from "../shared/parcel.ts";
import { LONGEST_PATIENCE } from "./api.ts";
import type { Clock } from "./clock.ts";
import { type Delivery, deliver, type Envelope, type Trouble } from "./delivery.ts";
import type { KeyRing } from "./keys.ts";
import { isLeft } from "./leaving.ts";
import { exclusively } from "./lock.ts";
import { BROKEN, type Outbox, type Waiting } from "./outbox.ts";
import { afterAnswer, afterLoss, FIRST_PARCEL } from "./sizing.ts";

/** Milliseconds. */
const FIRST_WAIT = 2000;
/** A cut is over as suddenly as it came; who is busy is given more time. */
const FIRST_WAIT_AFTER_SILENCE = 500;
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
  /** Bytes for the next parcel. */
  #budget = FIRST_PARCEL;
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
    if (this.#sending || isLeft()) return;
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
    if ((await this.#takeOut()) && this.#trouble === "storage") this.#trouble = null;
    if (this.#patience() > 0) return;
    if (!this.#keys.set && !(await this.#keys.refresh()))
      return this.#fail([], "silence", this.#keys.patience);
    while (!isLeft() && (await this.#sendOne())) this.#changed();
  }

  /** Sends one parcel; whether to go on at once. */
  async #sendOne(): Promise<boolean> {
    const parcel = await this.#pack();
    if (parcel.length === 0) return false;
    const begun = this.#clock.ticks();
    const delivery = await deliver(parcel, this.#keys);
    if (delivery.trouble === null) {
      this.#budget = afterAnswer(
        this.#budget,
        parcelLength(lengthsOf(parcel)),
        this.#clock.ticks() - begun,
      );
      return this.#settleWith(parcel, delivery);
    }
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
    if (!(await this.#takeOut())) return false;
    this.#trouble = null;
    this.#failures = 0;
    return true;
  }

  /** Takes out what has its receipt. What cannot be taken out now is not sent again, only taken out later. */
  async #takeOut(): Promise<boolean> {
    const left = this.#outbox.waiting.filter(this.#isReceived);
    try {
      await this.#outbox.remove(left.map(({ id }) => id));
      return true;
    } catch {
      this.#fail([], "storage", 0);
      return false;
    }
  }

  readonly #isReceived = ({ id }: Waiting): boolean => this.#received.includes(id);

  #fail(parcel: readonly Envelope[], trouble: Trouble, retryAfter: number): void {
    this.#trouble = trouble;
    this.#failures += 1;
    if (parcel.length > 0) this.#budget = afterLoss(parcelLength(lengthsOf(parcel)));
    if (retryAfter > 0) this.#notBefore = this.#clock.now() + retryAfter;
    for (const { id } of parcel) this.#tired.set(id, this.#tiredness(id) + 1);
  }

  /** The next parcel: the least tired records, oldest first, as many as the budget allows and one at least. */
  async #pack(): Promise<Envelope[]> {
    const packed: Envelope[] = [];
    for (const { id } of this.#next()) {
      const bytes = await this.#take(id);
      if (bytes === null) continue;
      const more = [...packed, { id, bytes }];
      if (packed.length > 0 && !this.#affords(more)) break;
      packed.push({ id, bytes });
    }
    return packed;
  }

  #affords(parcel: readonly Envelope[]): boolean {
    return fitParcel(lengthsOf(parcel)) && parcelLength(lengthsOf(parcel)) <= this.#budget;
  }

  /** What is sent under an id; null when that cannot be read now. What is no envelope any more is set aside. */
  async #take(id: string): Promise<Bytes | null> {
    const bytes = await this.#outbox.read(id);
    if (bytes !== BROKEN) return bytes;
    await this.#outbox.refuse(id, BROKEN);
    return null;
  }

  #next(): readonly Waiting[] {
    const sendable = this.#sendable().filter((one) => !this.#isReceived(one));
    const least = Math.min(...sendable.map(({ id }) => this.#tiredness(id)));
    return sendable.filter(({ id }) => this.#tiredness(id) === least);
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
    const first = this.#trouble === "silence" ? FIRST_WAIT_AFTER_SILENCE : FIRST_WAIT;
    const patience = Math.min(LONGEST_WAIT, first * 2 ** this.#failures);
    this.#wait(patience, Math.max(SHORTEST_WAIT, this.#patience()));
  }

  /** What is left of the patience that the server asked for; nothing when the clock was turned back since. */
  #patience(): number {
    const left = this.#notBefore - this.#clock.now();
    return left > LONGEST_PATIENCE ? 0 : left;
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

const lengthsOf = (parcel: readonly Envelope[]): number[] =>
  parcel.map(({ bytes }) => bytes.length);
