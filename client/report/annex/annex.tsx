/**
 * The annex: the screens that nobody needs for a first report. Comes in the file of the part `seal`, as the global
 * `amanaAnnex`; Preact, state and words are the running app's (bundle/lending.mjs).
 */

import { Code, Digits, Keep } from "./code.tsx";
import { forgetCode, rememberedCodes } from "./codes.ts";
import { fetched } from "./fetched.tsx";
import { HandOver } from "./handover.tsx";
import { Qr } from "./qr.tsx";
import { Settings } from "./settings.tsx";
import { Wish } from "./wish.tsx";

/** The exports of the later parts, once their scripts have run. */
declare const amanaAnswer: typeof import("../answer/answer.tsx");
declare const amanaCarry: typeof import("../carry/carry.tsx");
declare const amanaReal: typeof import("../real/real.tsx");

export { Code, Digits, forgetCode, Keep, Qr, rememberedCodes, Wish };

export const screens = {
  answer: fetched("answer", () => amanaAnswer.Answer),
  handover: HandOver,
  carry: fetched("carry", () => amanaCarry.Carry),
  real: fetched("real", () => amanaReal.Real),
  settings: Settings,
};
