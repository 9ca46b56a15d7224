/** How many reports and events there are of each kind, by area or by day. */
import { type Happening, SEEN_KINDS } from "./happening.ts";

export interface Count {
  readonly reports: number;
  readonly events: number;
}

/** What is counted together. `severity` is the highest of its events, 0 where there is none. */
export interface Tally extends Count {
  readonly key: string;
  /** Those kinds of which there is anything, in the order of SEEN_KINDS. */
  readonly kinds: readonly (readonly [kind: string, count: Count])[];
  readonly severity: number;
}

export const totalOf = ({ reports, events }: Count): number => reports + events;

const add = (count: Count | undefined, { isEvent }: Happening): Count => ({
  reports: (count?.reports ?? 0) + (isEvent ? 0 : 1),
  events: (count?.events ?? 0) + (isEvent ? 1 : 0),
});

function tallied(key: string, happenings: readonly Happening[]): Tally {
  const byKind = new Map<string, Count>();
  for (const each of happenings) byKind.set(each.kind, add(byKind.get(each.kind), each));
  const events = happenings.filter(({ isEvent }) => isEvent).length;
  return {
    key,
    kinds: SEEN_KINDS.flatMap((kind) => {
      const count = byKind.get(kind);
      return count ? [[kind, count] as const] : [];
    }),
    reports: happenings.length - events,
    events,
    severity: happenings.reduce((most, { severity }) => Math.max(most, severity), 0),
  };
}

function grouped(
  happenings: readonly Happening[],
  keyOf: (happening: Happening) => string,
): Map<string, Happening[]> {
  const groups = new Map<string, Happening[]>();
  for (const each of happenings) {
    const key = keyOf(each);
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  return groups;
}

/** Where `key` stands for what nobody knows: no area, or no day. */
export const NOT_KNOWN = "";

/** By subdistrict, the most first; what lies in none that is known at the end. */
export function byArea(happenings: readonly Happening[]): readonly Tally[] {
  const groups = grouped(happenings, ({ adm3 }) => adm3 ?? NOT_KNOWN);
  return [...groups]
    .map(([key, group]) => tallied(key, group))
    .sort(
      (one, other) =>
        Number(one.key === NOT_KNOWN) - Number(other.key === NOT_KNOWN) ||
        totalOf(other) - totalOf(one) ||
        one.key.localeCompare(other.key),
    );
}

/** By day, the earliest first; what happened on none that is known at the end. */
export function byDay(happenings: readonly Happening[]): readonly Tally[] {
  const groups = grouped(happenings, ({ day }) => day ?? NOT_KNOWN);
  return [...groups]
    .map(([key, group]) => tallied(key, group))
    .sort(
      (one, other) =>
        Number(one.key === NOT_KNOWN) - Number(other.key === NOT_KNOWN) ||
        one.key.localeCompare(other.key),
    );
}
