/** The words of carrying for others. */
import first from "virtual:language-carry";
import { partStrings } from "../words.ts";

export const carryStrings = () => partStrings("carry", first);
