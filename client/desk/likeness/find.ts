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
  readonly #frequencies: Frequencies;

  constructor(accounts: Iterable<readonly [T, Account]>) {
    for (const [item, account] of accounts) {
      this.#accounts.set(item, account);
      for (const key of keysOf(account)) {
        const items = this.#byKey.get(key);
        if (items) items.push(item);
        else this.#byKey.set(key, [item]);
      }
    }
    this.#frequencies = new Frequencies([...this.#accounts.values()].map(({ topics }) => topics));
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
    const items = new Set(keysOf(account).flatMap((key) => this.#byKey.get(key) ?? []));
    items.delete(item);
    const near = new Map<T, Account>();
    for (const each of items) {
      const other = this.#accounts.get(each);
      if (other && (gapOf(account.days, other.days) ?? 0) <= FARTHEST) near.set(each, other);
    }
    return near;
  }
}

/** What an account is found by. A subdistrict only where no place in it is known: else everything would be near. */
function keysOf({ kind, where }: Account): readonly string[] {
  if (!where) return [];
  const { places, words } = where;
  return [...places, ...words, ...areaKey(where)].map((key) => `${kind}/${key}`);
}

const areaKey = ({ places, adm3 }: Where): readonly string[] =>
  places.length === 0 && adm3 ? [adm3] : [];
