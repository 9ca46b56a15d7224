/** The words of reading an answer. */
import first from "virtual:language-answer";
import { partStrings } from "../words.ts";

export const answerStrings = () => partStrings("answer", first);
