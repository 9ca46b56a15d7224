/** A letter from one state to the next: plain values in, plain values out. */
import type { Letter } from "../shared/mailbox.ts";

/** What is told before anybody has looked at the report: that it is here. */
export const RECEIVED: Letter = { v: 1, state: "received", words: [] };

/** A change of a letter. It is made again on top of a colleague's newer letter, so it must not do twice what it did once. */
export type Change = (letter: Letter) => Letter;

/** A report that was received is opened now; one that is closed stays closed. */
export const open: Change = (letter) =>
  letter.state === "received" ? { ...letter, state: "opened" } : letter;

/** Says something, or nothing where the text is empty, and where the report stands. */
export const say =
  (state: Letter["state"], text: string, day: string): Change =>
  ({ words, ...letter }) => {
    const last = words.at(-1);
    const isSaid = text === "" || (last?.text === text && last.day === day);
    return { ...letter, state, words: isSaid ? words : [...words, { day, text }] };
  };
