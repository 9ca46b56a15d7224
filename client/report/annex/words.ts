/** The words of the annex screens. */
import first from "virtual:language-annex";
import { partStrings } from "../words.ts";

export const annexStrings = () => partStrings("annex", first);
