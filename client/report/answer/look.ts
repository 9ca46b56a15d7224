/** What a code opens. */
import { type Bytes, toBase64url } from "../../shared/bytes.ts";
import { type Letter, mailboxOf, openLetter, stretchCode } from "../../shared/mailbox.ts";
import { Refusal } from "../../shared/refusal.ts";
import { read } from "../state.ts";

/** An opened mailbox: where its letter lies, what opens it, and its secret as reports carry it. */
export type Box = {
  readonly code: string;
  readonly id: string;
  readonly key: Bytes;
  readonly secret: string;
};

/** What lies in it: a letter, nothing that the code opens (`none`), or no answer from anybody (`trouble`). */
export type Found = Letter | "none" | "trouble";

/** Takes seconds on an old phone. */
export async function openBox(code: string): Promise<Box> {
  const secret = await stretchCode(code);
  return { code, ...(await mailboxOf(secret)), secret: toBase64url(secret) };
}

export async function lookInto({ id, key }: Box): Promise<Found> {
  const sealed = (await read().sealing?.letter(id)) ?? "silence";
  if (typeof sealed === "string") return "trouble";
  try {
    return await openLetter(sealed, key);
  } catch (error) {
    if (error instanceof Refusal) return "none";
    throw error;
  }
}
