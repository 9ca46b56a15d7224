/** Views: ways to look at the queue that a member has named. A view is read leniently, so that none is lost when views change. */
import { isObject } from "../shared/json.ts";
import type { Asked, QueueState } from "./api.ts";
import { ANY, type Choice } from "./choice.ts";
import { OPEN, type Sieve } from "./sieve.ts";

export const MAX_NAME_CHARS = 40;
const STATES: readonly QueueState[] = ["waiting", "assessed", "all"];

export interface View extends Asked {
  readonly name: string;
  readonly sieve: Sieve;
}

/** The texts of an object in the place of those of the same name. */
function filled<T extends Readonly<Record<keyof T, string>>>(empty: T, value: unknown): T {
  const given = isObject(value) ? value : {};
  const names = Object.keys(empty) as (keyof T & string)[];
  return Object.fromEntries(
    names.map((name) => [name, typeof given[name] === "string" ? given[name] : empty[name]]),
  ) as T;
}

function viewOf(value: unknown): View[] {
  if (!isObject(value) || typeof value.name !== "string") return [];
  const state = STATES.find((each) => each === value.state) ?? "waiting";
  const choice = state === "assessed" ? filled<Choice>(ANY, value.choice) : ANY;
  return [{ name: value.name, state, choice, sieve: filled<Sieve>(OPEN, value.sieve) }];
}

/** The views in a text; none in one that holds no list. */
export function readViews(text: string): View[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.flatMap(viewOf) : [];
  } catch {
    return [];
  }
}

export const writeViews = (views: readonly View[]): string => JSON.stringify(views);

export const withoutView = (views: readonly View[], name: string): View[] =>
  views.filter((view) => view.name !== name);

/** The views with one more at their end; it takes the place of one of the same name. */
export const withView = (views: readonly View[], view: View): View[] => [
  ...withoutView(views, view.name),
  view,
];
