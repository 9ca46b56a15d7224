/** What is done with the list of places. */
import type { Field, PlaceAnswer } from "../../shared/vocabulary.ts";
import { placeIn, setPlace } from "../form/place.tsx";
import { absent, bring } from "./atlas.ts";

/** What will arrive is said here. */
export const keptId = ({ code }: Field): string => `kept-${code}`;
/** The name of the area whose list is open. */
export const hereId = ({ code }: Field): string => `here-${code}`;

/** Takes an answer and closes the list. */
export function take(field: Field, place: PlaceAnswer): void {
  setPlace(field, place, { typing: "", browsing: null });
  focus(keptId(field));
}

/** Opens the list of an area, "" being all governorates, and fetches what is not here yet. */
export function browse(field: Field, code: string): void {
  if (absent().some((governorate) => governorate.code === code)) void bring(code);
  setPlace(field, placeIn(field), { typing: field.code, browsing: code });
  focus(hereId(field));
}

const focus = (id: string): void => document.getElementById(id)?.focus();
