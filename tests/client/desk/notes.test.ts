import { beforeAll, expect, test } from "vitest";
import { borrow } from "../../../client/desk/vault/keys.ts";
import { readNotes, sealNote } from "../../../client/desk/vault/notes.ts";
import {
  NONCE_BYTES,
  noteOn,
  notesKey,
  openText,
  sealText,
  VIEWS,
  viewsKey,
} from "../../../client/shared/notes.ts";
import { layerOf } from "../shared/refusals.ts";

const SEED = new Uint8Array(32).fill(5);
const KID = "0f".repeat(8);
const ENVELOPE = "ab".repeat(32);
const OTHER = "cd".repeat(32);
const NONCE = new Uint8Array(NONCE_BYTES).fill(1);
const TEXT = "اتصلنا بالعائلة، ننتظر الردّ";

beforeAll(() => borrow(new Map([[KID, SEED]])));

test("a note opens for whoever holds the desk key of its report", async () => {
  const note = await sealNote({ envelope: ENVELOPE, kid: KID, text: TEXT });
  expect(await readNotes({ envelope: ENVELOPE, notes: [note] })).toEqual({ texts: [TEXT] });
});

test("a note that was moved to another report, changed or sealed to another key does not open, and spoils no other", async () => {
  const note = await sealNote({ envelope: ENVELOPE, kid: KID, text: TEXT });
  const moved = await sealNote({ envelope: OTHER, kid: KID, text: TEXT });
  const changed = { ...note, sealed: note.sealed.map((byte) => byte ^ 1) };
  const foreign = { ...note, kid: "00".repeat(8) };
  const { texts } = await readNotes({ envelope: ENVELOPE, notes: [moved, changed, foreign, note] });
  expect(texts).toEqual([null, null, null, TEXT]);
});

test("notes are all of one length, and a longer text is refused", async () => {
  const lengths = ["", "x", "ا".repeat(1000)].map(async (text) => {
    const { sealed } = await sealNote({ envelope: ENVELOPE, kid: KID, text });
    return sealed.length;
  });
  expect(new Set(await Promise.all(lengths))).toEqual(new Set([2076]));
  const long = () => sealNote({ envelope: ENVELOPE, kid: KID, text: "x".repeat(2045) });
  expect(await layerOf(long)).toBe("length");
});

test("a note without its desk key is refused before anything is sealed", async () => {
  const seal = () => sealNote({ envelope: ENVELOPE, kid: "00".repeat(8), text: TEXT });
  expect(await layerOf(seal)).toBe("kid");
});

test("notes and views are sealed under keys of their own", async () => {
  const [notes, views] = await Promise.all([notesKey(SEED), viewsKey(SEED)]);
  const sealed = await sealText(TEXT, VIEWS, views, NONCE);
  expect(await openText(sealed, VIEWS, views)).toBe(TEXT);
  expect(await layerOf(() => openText(sealed, VIEWS, notes))).toBe("open");
  expect(await layerOf(() => openText(sealed, noteOn(new Uint8Array(32)), views))).toBe("length");
});
