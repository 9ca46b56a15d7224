/**
 * The part `seal`: everything that touches keys, sealed reports and the server. Loaded after the first paint, as the
 * global `amanaSeal`; the form works without it until a report is to be sealed.
 */
import { type Bytes, toHex } from "../shared/bytes.ts";
import { envelopeId, sealReport } from "../shared/envelope.ts";
import { sealingKey } from "../shared/keyset.ts";
import { encodeReport, type Report } from "../shared/report.ts";
import { type Clock, daysBetween } from "./clock.ts";
import type { Trouble } from "./delivery.ts";
import { type RecordFile, recordFile } from "./file.ts";
import { isOld, KeyRing, type Offered } from "./keys.ts";
import { BROKEN, Outbox, type Waiting } from "./outbox.ts";
import { Sender } from "./sender.ts";

export { Drafts } from "./drafts.ts";

/** Days by which a phone's date may differ before it is said: far more than time zones explain. */
const DAYS_OFF = 7;

/**
 * What is true of one sealed report. `window`: only in this window. `saved`: sealed on this phone. `received`: a
 * verified receipt came to this window. `refused`: saved, and the server did not take it. `broken`: saved, and damaged.
 * `gone`: no longer on this phone, and this window does not know why.
 */
export type Fate = "window" | "saved" | "received" | "refused" | "broken" | "gone";

export type SealingView = {
  /** What is missing before a report can be sealed. */
  readonly need: "keys" | "pin" | null;
  readonly organisation: string;
  /** The pinned root print as people read it out, or empty. */
  readonly digits: string;
  readonly keyIsOld: boolean;
  /** Whether this phone's date is far from the organisation's. Said, and nothing else. */
  readonly dateIsOff: boolean;
  readonly otherRoot: boolean;
  /** Whether this browser stores what outlives the window. */
  readonly durable: boolean;
  /** What waits on this phone, oldest first. */
  readonly waiting: readonly { readonly id: string; readonly fate: Fate }[];
  /** Receipts verified in this window. */
  readonly received: readonly string[];
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
  readonly remove: (id: string) => Promise<void>;
};

/** Starts it, once in a window. `changed` is called with what is true now, whenever that changes. */
export function start(
  offered: Offered,
  clock: Clock,
  changed: (view: SealingView) => void,
): Sealing {
  const outbox = new Outbox();
  const keys = new KeyRing(offered);
  const tell = (): void => changed(look(outbox, keys, sender, clock));
  const sender = new Sender(outbox, keys, clock, tell);
  void open(outbox, keys, sender, tell);
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
    remove: async (id) => {
      await outbox.remove([id]);
      tell();
    },
  };
}

async function open(
  outbox: Outbox,
  keys: KeyRing,
  sender: Sender,
  tell: () => void,
): Promise<void> {
  await Promise.all([keys.load(), outbox.look()]);
  tell();
  listen(sender);
  if (keys.set) void keys.refresh().then(tell);
  await sender.nudge();
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

function look(outbox: Outbox, keys: KeyRing, sender: Sender, clock: Clock): SealingView {
  const { set, otherRoot } = keys;
  const missing = otherRoot ? "pin" : "keys";
  return {
    need: set ? null : missing,
    organisation: set?.org ?? "",
    digits: keys.digits,
    keyIsOld: set !== null && isOld(set, clock.today()),
    dateIsOff: keys.day !== "" && daysBetween(keys.day, clock.today()) > DAYS_OFF,
    otherRoot,
    durable: outbox.durable && LASTING,
    waiting: outbox.waiting.map((record) => ({ id: record.id, fate: fateOf(record) })),
    received: sender.received,
    sending: sender.sending,
    trouble: sender.trouble,
  };
}

function fateOf({ where, refused }: Waiting): Fate {
  if (refused === "") return LASTING ? where : "window";
  return refused === BROKEN ? "broken" : "refused";
}
