/** Which reports may be about the same event, without comparing each with each. */
import type { Account, Where } from "./account.ts";
import { compare, ENOUGH, gapOf, type Likeness } from "./compare.ts";
import { Frequencies } from "./wording.ts";

/** Days beyond which nothing is one event. */
const FARTHEST = 14;

export interface Found<T> {
  readonly item: T;
  readonly likeness: Likeness;
}

/** Accounts by where they were. T names a report. */
export class Likenesses<T> {
  readonly #accounts = new Map<T, Account>();
  readonly #byKey = new Map<string, T[]>();
  readonly #frequencies = new Frequencies();

  has(item: T): boolean {
    return this.#accounts.has(item);
  }

  /** Takes in one that it does not have yet. */
  add(item: T, account: Account): void {
    this.#accounts.set(item, account);
    this.#frequencies.add(account.topics);
    for (const key of keysOf(account)) {
      const items = this.#byKey.get(key);
      if (items) items.push(item);
      else this.#byKey.set(key, [item]);
    }
  }

  /** Those that are likely about the event of this one, the likeliest first. */
  like(item: T): readonly Found<T>[] {
    const account = this.#accounts.get(item);
    if (!account) return [];
    return [...this.#near(item, account)]
      .map(([near, other]) => ({
        item: near,
        likeness: compare(account, other, this.#frequencies),
      }))
      .filter(({ likeness }) => likeness.points >= ENOUGH)
      .sort((one, other) => other.likeness.points - one.likeness.points);
  }

  /** Those that share a place, a name or an area with it, at about the same time. */
  #near(item: T, account: Account): Map<T, Account> {
    const items = new Set(lookedUpBy(account).flatMap((key) => this.#byKey.get(key) ?? []));
    items.delete(item);
    const near = new Map<T, Account>();
    for (const each of items) {
      const other = this.#accounts.get(each);
      if (other && (gapOf(account.days, other.days) ?? 0) <= FARTHEST) near.set(each, other);
    }
    return near;
  }
}

/** What an account is found by. */
function keysOf({ kind, where }: Account): readonly string[] {
  if (!where) return [];
  const { places, words, adm3 } = where;
  const areas = adm3 ? [`in ${adm3}`, ...(isWide(where) ? [`all ${adm3}`] : [])] : [];
  return [...places, ...words, ...areas].map((key) => `${kind}/${key}`);
}

/** What others are found by: who names only a town or an area may mean any place in it, others just that. */
function lookedUpBy({ kind, where }: Account): readonly string[] {
  if (!where) return [];
  const { places, words, adm3 } = where;
  const areas = adm3 ? [`${isWide(where) ? "in" : "all"} ${adm3}`] : [];
  return [...places, ...words, ...areas].map((key) => `${kind}/${key}`);
}

const isWide = ({ places, isTown }: Where): boolean => isTown || places.length === 0;
