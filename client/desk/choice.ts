/** Which assessed reports are asked for, by what was decided of them. The server chooses: it knows these codes anyway. */

import { assessmentField, optionCodes } from "./vocabulary.ts";

/** An empty text leaves a thing open. `verification` may be ALONE, `mine` is MINE or empty. */
export interface Choice {
  readonly decision: string;
  readonly verification: string;
  readonly flag: string;
  readonly mine: string;
}

export const ANY: Choice = { decision: "", verification: "", flag: "", mine: "" };

/** Confirmed by one member: it awaits a second one. */
export const ALONE = "alone";
/** The newest assessment is the asking member's. */
export const MINE = "true";

export const isAny = (choice: Choice): boolean =>
  Object.values(choice).every((value) => value === "");

/** The codes that can be chosen, by the vocabulary's name of the field. */
export const codesOf = (field: "decision" | "verification" | "flags"): readonly string[] => {
  const known = assessmentField(field);
  return known ? optionCodes(known, "") : [];
};
