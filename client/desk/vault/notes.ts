/** Notes on reports: sealed under the desk key of the report, so that whoever can open the one can read the other. Views: sealed to the member. */
import { type Bytes, fromHex } from "../../shared/bytes.ts";
import { NONCE_BYTES, noteOn, notesKey, openText, sealText, VIEWS } from "../../shared/notes.ts";
import { Refusal } from "../../shared/refusal.ts";
import { deskSeeds, ownViewsKey } from "./keys.ts";
import type { SealedNote, Tasks } from "./messages.ts";

/** Seals a note on a report. Refuses with `kid` where the report's desk key is not at hand, with `length` when it is too long. */
export async function sealNote({
  envelope,
  kid,
  text,
}: Tasks["sealNote"]["ask"]): Promise<Tasks["sealNote"]["answer"]> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const key = await notesKey(seedOf(kid));
  return { kid, sealed: await sealText(text, noteOn(fromHex(envelope)), key, nonce) };
}

/** Opens the notes on a report; null for each that does not open. */
export async function readNotes({
  envelope,
  notes,
}: Tasks["readNotes"]["ask"]): Promise<Tasks["readNotes"]["answer"]> {
  return { texts: await Promise.all(notes.map((note) => read(envelope, note))) };
}

async function read(envelope: string, { kid, sealed }: SealedNote): Promise<string | null> {
  try {
    return await openText(sealed, noteOn(fromHex(envelope)), await notesKey(seedOf(kid)));
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** Seals the member's views; refuses with `length` when they are too many. */
export async function sealViews({
  text,
}: Tasks["sealViews"]["ask"]): Promise<Tasks["sealViews"]["answer"]> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  return { sealed: await sealText(text, VIEWS, ownViewsKey(), nonce) };
}

/** Opens the member's views. */
export const readViews = async ({
  sealed,
}: Tasks["readViews"]["ask"]): Promise<Tasks["readViews"]["answer"]> => ({
  text: await openText(sealed, VIEWS, ownViewsKey()),
});

function seedOf(kid: string): Bytes {
  const seed = deskSeeds().get(kid);
  if (!seed) throw new Refusal("kid");
  return seed;
}
