/** The words of telling the real page from another. */
import first from "virtual:language-real";
import { partStrings } from "../words.ts";

export const realStrings = () => partStrings("real", first);
