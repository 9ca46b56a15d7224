/** The words around the list of places. */
import first from "virtual:language-places";
import { partStrings } from "../words.ts";

export const placeStrings = () => partStrings("places", first);
