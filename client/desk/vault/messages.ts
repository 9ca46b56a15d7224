/**
 * What the page and its worker say to each other. The worker is the vault: `wrap`, the member's seed and the desk seeds
 * come into being there and never leave it; the page gets `auth` for signing in, and opened reports to show.
 */

import type { Bytes } from "../../shared/bytes.ts";
import type { Letter } from "../../shared/mailbox.ts";

/** Why an envelope has no readable report: a layer of PROTOCOL section 5, or `missing`, no longer held by the server. */
export type Reason =
  | "length"
  | "version"
  | "kid"
  | "open"
  | "padding"
  | "json"
  | "schema"
  | "missing";

/**
 * A report as it was opened. The answers are a stranger's: their codes may be unknown, their types wrong. `mailbox` is the
 * id of its mailbox; the key stays with the vault.
 */
export interface OpenedReport {
  readonly kind: string;
  readonly lang: string;
  readonly app: string;
  readonly made: string | null;
  readonly follows: string | null;
  readonly mailbox: string | null;
  readonly answers: Readonly<Record<string, unknown>>;
}

/** `report` and `reason` both present: it could be read, but it breaks the form's rules (`schema`). */
export interface Opened {
  readonly id: string;
  readonly report: OpenedReport | null;
  readonly reason: Reason | null;
}

/** What was read of an envelope, before the vault takes the secret of its mailbox out. */
export interface Read {
  readonly report: (Omit<OpenedReport, "mailbox"> & { readonly secret: unknown }) | null;
  readonly reason: Reason | null;
}

/** A desk key's seed, sealed to the member; `kid` is hexadecimal. */
export interface SealedGrant {
  readonly kid: string;
  readonly sealed: Bytes;
}

/** A letter as it lies in a mailbox. */
export interface KeptLetter {
  readonly mailbox: string;
  readonly sealed: Bytes;
}

/** A note on a report as it is kept; `kid` names the desk key, in hexadecimal. */
export interface SealedNote {
  readonly kid: string;
  readonly sealed: Bytes;
}

/** The worker's tasks: what the page asks and what it is answered. */
export interface Tasks {
  /** Passphrase and salt in, the secret for signing in out. Keeps `wrap` for `unlock`. */
  stretch: {
    ask: { readonly passphrase: string; readonly salt: Bytes };
    answer: { readonly auth: Bytes };
  };
  /** Opens the member's seed and with it the desk seeds. Answers which desk keys are at hand and the member's digits. */
  unlock: {
    ask: {
      readonly publicKey: Bytes;
      readonly wrappedSeed: Bytes;
      readonly grants: readonly SealedGrant[];
    };
    answer: { readonly kids: readonly string[]; readonly digits: string };
  };
  /** Makes the keys of a new member; what the server is to keep of them, and the digits to read out. */
  enrol: {
    ask: { readonly passphrase: string };
    answer: {
      readonly salt: Bytes;
      readonly auth: Bytes;
      readonly publicKey: Bytes;
      readonly wrappedSeed: Bytes;
      readonly digits: string;
    };
  };
  /** The digits of members' keys. */
  digits: {
    ask: { readonly keys: readonly Bytes[] };
    answer: { readonly digits: readonly string[] };
  };
  /** Seals those of these desk keys that are at hand to a member's key; answers also the key's print, hexadecimal. */
  grant: {
    ask: { readonly publicKey: Bytes; readonly kids: readonly string[] };
    answer: { readonly keyPrint: string; readonly grants: readonly SealedGrant[] };
  };
  /** Opens a parcel of envelopes; one answer for each id that was asked for, in that order. */
  open: {
    ask: { readonly parcel: Bytes; readonly ids: readonly string[] };
    answer: { readonly opened: readonly Opened[] };
  };
  /** Makes a worker an opener: the vault lends it the desk seeds. The page never asks for this. */
  lend: { ask: { readonly seeds: ReadonlyMap<string, Bytes> }; answer: null };
  /** Opens envelopes for the vault; only an opener does. */
  openEach: {
    ask: { readonly envelopes: readonly Bytes[] };
    answer: { readonly read: readonly Read[] };
  };
  /** Opens letters of mailboxes whose reports were opened before; null for each that does not open. */
  readLetters: {
    ask: { readonly letters: readonly KeptLetter[] };
    answer: { readonly letters: readonly (Letter | null)[] };
  };
  /** Seals a letter for such a mailbox; answers also what of it had room. */
  sealLetter: {
    ask: { readonly mailbox: string; readonly letter: Letter };
    answer: { readonly sealed: Bytes; readonly letter: Letter };
  };
  /** Seals a note on a report under the desk key of its envelope. */
  sealNote: {
    ask: { readonly envelope: string; readonly kid: string; readonly text: string };
    answer: SealedNote;
  };
  /** Opens the notes on a report; null for each that does not open. */
  readNotes: {
    ask: { readonly envelope: string; readonly notes: readonly SealedNote[] };
    answer: { readonly texts: readonly (string | null)[] };
  };
  /** Seals the member's views to themselves. */
  sealViews: { ask: { readonly text: string }; answer: { readonly sealed: Bytes } };
  readViews: { ask: { readonly sealed: Bytes }; answer: { readonly text: string } };
}

export type Task = keyof Tasks;

/** One request; `call` tells the answers apart. */
export type Request = {
  [T in Task]: { readonly call: number; readonly task: T; readonly ask: Tasks[T]["ask"] };
}[Task];

/** `progress` may come any number of times before the one `answer` or the one `refused`, which names a layer. */
export type Reply =
  | { readonly call: number; readonly progress: { readonly done: number; readonly total: number } }
  | { readonly call: number; readonly answer: Tasks[Task]["answer"] }
  | { readonly call: number; readonly refused: string };
