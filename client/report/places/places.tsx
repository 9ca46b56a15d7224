/**
 * The part `places`: below a question for a place, what was typed may be, and the list of places by area. Loaded after
 * the first paint, as the global `amanaPlaces`; Preact, state and words are the running app's (bundle/lending.mjs).
 */
import { isLatin } from "../../shared/spelling.ts";
import type { Field } from "../../shared/vocabulary.ts";
import { placeIn } from "../form/place.tsx";
import { change, read } from "../state.ts";
import { areaOf, bringLatinNames } from "./atlas.ts";
import { Browse } from "./browse.tsx";
import { browse, keptId } from "./choose.ts";
import { areaInWords, readsLatin } from "./names.ts";
import { Suggestions } from "./suggestions.tsx";
import { placeStrings } from "./words.ts";

export { areaInWords } from "./names.ts";

export function Places({ field }: { field: Field }) {
  const { typing, browsing } = read();
  if (readsLatin() || isLatin(placeIn(field).text)) void bringLatinNames();
  const isOpen = typing === field.code;
  if (isOpen && browsing !== null) return <Browse field={field} at={browsing} />;
  if (isOpen && placeIn(field).text.trim() !== "") return <Suggestions field={field} />;
  return <Kept field={field} />;
}

/** What will arrive. */
function Kept({ field }: { field: Field }) {
  const words = placeStrings();
  const place = placeIn(field);
  const area = areaInWords(place);
  const isFree = place.pcode === null && place.text.trim() !== "";
  return (
    <>
      <p id={keptId(field)} class="hint" role="status" tabIndex={-1}>
        {area ? `✓ ${area}` : isFree && words.free}
      </p>
      <button type="button" class="quiet" data-act="browse" onClick={() => browse(field, "")}>
        {isFree && !area ? words.addArea : words.browse}
      </button>
    </>
  );
}

/** Back from an area to the one around it, and from the governorates to the question. */
export function goUp(): void {
  const { browsing } = read();
  const up = areaOf(browsing ?? "")?.within?.code ?? "";
  change(browsing ? { browsing: up } : { browsing: null, typing: "" });
}

/** The enter key goes on to the list; without one it does what it always does. */
export function enterList(event: KeyboardEvent): void {
  if (event.key !== "Enter" || !read().typing) return;
  const [first] = document.querySelectorAll<HTMLElement>(".places button");
  if (!first) return;
  event.preventDefault();
  first.focus();
}
