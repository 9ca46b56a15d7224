/**
 * The part `seal`: everything that touches keys, sealed reports and the server. Loaded after the first paint, as the
 * global `amanaSeal`; the form works without it until a report is to be sealed.
 */
import { type Bytes, toHex } from "../shared/bytes.ts";
import { envelopeId, sealReport } from "../shared/envelope.ts";
import { sealingKey } from "../shared/keyset.ts";
import { encodeReport, type Report } from "../shared/report.ts";
import { Carried } from "./carried.ts";
import { type Clock, daysBetween } from "./clock.ts";
import { isAnyDamaged } from "./database.ts";
import type { Trouble } from "./delivery.ts";
import { type RecordFile, recordFile } from "./file.ts";
import { carry, parcelsOf, type TakenOver } from "./handover.ts";
import { isOld, KeyRing, type Offered } from "./keys.ts";
import { fetchLetter } from "./letters.ts";
import { BROKEN, LOST, Outbox, type Waiting } from "./outbox.ts";
import { Sender } from "./sender.ts";
import { letGo } from "./transactions.ts";

export { Drafts } from "./drafts.ts";
export { watchForUpdates } from "./update.ts";

/** Days by which a phone's date may differ before it is said: far more than time zones explain. */
const DAYS_OFF = 7;

/**
 * What is true of one sealed report. `window`: only in this window. `saved`: sealed on this phone. `received`: a
 * verified receipt came to this window. `broken`: saved, and damaged. `lost`: called saved, and deleted by the phone or
 * the browser. `gone`: no longer on this phone, and this window does not know why.
 */
export type Fate = "window" | "saved" | "received" | "broken" | "lost" | "gone";

/** `refused`: the server did not take it, so it does not go out by itself. */
export type Kept = { readonly id: string; readonly fate: Fate; readonly refused: boolean };

export type SealingView = {
  /** What is missing before a report can be sealed. */
  readonly need: "keys" | "pin" | null;
  readonly organisation: string;
  /** The pinned root print as people read it out, or empty. */
  readonly digits: string;
  /** The pinned root print as links carry it, or empty. */
  readonly root: string;
  /** Digits of the root that the link brought, where this phone holds to another one; else empty. */
  readonly offer: string;
  readonly keyIsOld: boolean;
  /** Whether this phone's date is far from the organisation's. Said, and nothing else. */
  readonly dateIsOff: boolean;
  readonly otherRoot: boolean;
  /** Whether this browser stores what outlives the window. */
  readonly durable: boolean;
  /** Whether what this browser stores could be read just now. */
  readonly readable: boolean;
  /** Whether the files of what is stored are damaged, as far as the browser says. */
  readonly damaged: boolean;
  /** What waits on this phone, oldest first. */
  readonly waiting: readonly Kept[];
  /** Receipts verified in this window. */
  readonly received: readonly string[];
  /** Of what this phone took over from others: how many still wait here, and how many arrived from here. */
  readonly carried: { readonly waiting: number; readonly arrived: number };
  readonly sending: boolean;
  readonly trouble: Trouble | null;
};

/**
 * Whether what is stored here outlives the window. Browsers without service workers (Tor Browser, private windows of
 * older Firefoxes) store and forget; and the page would not open without a network to show what waits.
 */
const LASTING = "serviceWorker" in navigator;

export type Sealing = {
  /** Seals a report and keeps it; resolves to its id. Rejects when it is not sealed. */
  readonly seal: (report: Report) => Promise<string>;
  readonly send: () => void;
  /** A waiting record as a file to carry; null when nothing is left of it. */
  readonly file: (id: string) => Promise<RecordFile | null>;
  /** Everything that waits, as parcels: what a file or a series of pictures carries. */
  readonly parcels: () => Promise<Bytes[]>;
  /** Takes over a parcel from another phone; null when it is none. */
  readonly carry: (parcel: Bytes) => Promise<TakenOver | null>;
  /** What lies in a mailbox, a letter or noise; or why nothing came. */
  readonly letter: (mailbox: string) => Promise<Bytes | Trouble>;
  readonly remove: (id: string) => Promise<void>;
  /** Deletes what is damaged, so that the phone may store again. */
  readonly mend: () => Promise<void>;
  /** Holds to the link's organisation from now on; false, and nothing changed, when it does not prove itself here. */
  readonly changeOrganisation: () => Promise<boolean>;
};

/** Starts it, once in a window. `changed` is called with what is true now, whenever that changes. */
export function start(
  offered: Offered,
  clock: Clock,
  changed: (view: SealingView) => void,
): Sealing {
  const outbox = new Outbox(() => tell());
  const carried = new Carried();
  const keys = new KeyRing(offered);
  const tell = (): void => changed(look(outbox, carried, keys, sender, clock));
  const sender = new Sender(outbox, keys, clock, tell);
  watchSleep();
  const loaded = Promise.all([keys.load(), outbox.look(), carried.load()]);
  void open(loaded, keys, sender, tell);
  return {
    seal: async (report) => {
      const { id, envelope } = await close(report, keys);
      await outbox.put(id, envelope);
      tell();
      void sender.nudge();
      return id;
    },
    send: () => void sender.insist(),
    file: async (id) => {
      const bytes = await outbox.raw(id);
      return bytes && recordFile(id, bytes);
    },
    parcels: async () => {
      await outbox.look();
      return parcelsOf(outbox);
    },
    carry: async (parcel) => {
      await loaded;
      const taken = await carry(parcel, outbox, carried, keys);
      tell();
      void sender.nudge();
      return taken;
    },
    letter: (mailbox) => loaded.then(() => fetchLetter(mailbox, keys)),
    remove: async (id) => {
      await outbox.remove([id]);
      await carried.remove(id);
      tell();
    },
    mend: () => outbox.mend().then(tell),
    changeOrganisation: async () => {
      await outbox.look();
      // What waits is sealed to the organisation that is held to now: another one could not open it.
      const changed = outbox.waiting.length === 0 && (await keys.change());
      tell();
      return changed;
    },
  };
}

async function open(
  loaded: Promise<unknown>,
  keys: KeyRing,
  sender: Sender,
  tell: () => void,
): Promise<void> {
  await loaded;
  tell();
  listen(sender);
  const isKnown = keys.set !== null;
  await sender.nudge();
  // What waits goes first on a narrow way.
  if (isKnown) await keys.refresh().then(tell);
}

/** A page that the browser keeps, to show it again, holds nothing that others wait for. */
function watchSleep(): void {
  addEventListener("pagehide", ({ persisted }) => {
    if (persisted) letGo();
  });
}

/** Whatever may mean that a try is worth it; none of it is believed. */
function listen(sender: Sender): void {
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void sender.nudge();
  });
  addEventListener("pageshow", () => void sender.nudge());
  addEventListener("online", () => sender.returned());
}

/** Seals a report to the organisation's newest desk key. The plain bytes are overwritten. */
async function close(report: Report, keys: KeyRing): Promise<{ id: string; envelope: Bytes }> {
  if (!keys.set) throw new Error("no key set");
  const plain = encodeReport(report);
  try {
    const envelope = await sealReport(plain, sealingKey(keys.set).pub);
    return { id: toHex(await envelopeId(envelope)), envelope };
  } finally {
    plain.fill(0);
  }
}

function look(
  outbox: Outbox,
  carried: Carried,
  keys: KeyRing,
  sender: Sender,
  clock: Clock,
): SealingView {
  const { set, otherRoot } = keys;
  const missing = otherRoot ? "pin" : "keys";
  return {
    need: set ? null : missing,
    organisation: set?.org ?? "",
    digits: keys.digits,
    root: keys.root,
    offer: keys.offer,
    keyIsOld: set !== null && isOld(set, clock.today()),
    dateIsOff: isDateOff(keys, clock.today()),
    otherRoot,
    durable: outbox.durable && LASTING,
    readable: outbox.readable,
    damaged: isAnyDamaged(),
    waiting: outbox.waiting.map(keptAs),
    received: sender.received,
    carried: countCarried(outbox, carried),
    sending: sender.sending,
    trouble: sender.trouble,
  };
}

/**
 * The organisation's own word comes first. Where it has not been heard, no key set is of a day that is still to come: a
 * phone whose battery was empty may begin in the past, and then no server proves itself to it.
 */
function isDateOff({ day, set }: KeyRing, today: string): boolean {
  const known = day || (set !== null && set.issued > today ? set.issued : today);
  return daysBetween(known, today) > DAYS_OFF;
}

/** What was taken over is gone from here only when it arrived. */
function countCarried(outbox: Outbox, { ids }: Carried): SealingView["carried"] {
  const waiting = outbox.waiting.filter(({ id }) => ids.has(id)).length;
  return { waiting, arrived: ids.size - waiting };
}

function keptAs({ id, where, refused }: Waiting): Kept {
  if (refused === BROKEN || refused === LOST) return { id, fate: refused, refused: false };
  return { id, fate: LASTING ? where : "window", refused: refused !== "" };
}
