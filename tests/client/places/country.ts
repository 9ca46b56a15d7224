/** All places of the country, as the reporter app searches them once every governorate was fetched. */
import home from "virtual:places";
import elsewhere from "virtual:places-elsewhere";
import { indexPlaces } from "../../../client/shared/placeindex.ts";
import { type Place, parsePlaces } from "../../../client/shared/places.ts";
import type { Searched } from "../../../client/shared/search.ts";

/** Those that travel with the app. */
export const homePack = parsePlaces(home);
export const otherPacks = elsewhere.map(parsePlaces);

export const around: Searched = { index: indexPlaces(homePack), isAround: true };
export const country: readonly Searched[] = [
  around,
  ...otherPacks.map((pack) => ({ index: indexPlaces(pack), isAround: false })),
];

export const everywhere = [homePack, ...otherPacks].flatMap(({ places }) => places);

/** How often a name occurs in the country. */
const times = new Map<string, number>();
for (const { ar, en } of everywhere)
  for (const name of [ar, en]) times.set(name, (times.get(name) ?? 0) + 1);

/** Whether no other place of the country has one of its names. */
export const isAlone = ({ ar, en }: Place): boolean =>
  [ar, en].every((name) => times.get(name) === 1);
