/** A phone for tests: outbox, key ring and sender over a real IndexedDB interface, and a network that a test bends. */
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, vi } from "vitest";
import { KeyRing } from "../../../client/report/keys.ts";
import { Outbox } from "../../../client/report/outbox.ts";
import { Sender } from "../../../client/report/sender.ts";
import type { Bytes } from "../../../client/shared/bytes.ts";
import { answerParcel, envelope, idOf, makeSigner, printOf, signKeySet } from "./organisation.ts";
import { newPage } from "./page.ts";

export const root = await makeSigner();
export const receipt = await makeSigner();
export const pin = await printOf(root);
/** A day in 2025, in milliseconds. */
const NOW = 1_741_300_000_000;
const keySet = await signKeySet(root, receipt);

/** What the network does with a parcel. It rejects where there is no answer. */
export type Way = (parcel: Bytes, init: RequestInit) => Promise<Response>;

export const honest: Way = async (parcel) => new Response(await answerParcel(receipt, parcel));
export const silent: Way = async () => {
  throw new TypeError("no network");
};

type World = {
  way: Way;
  /** What the organisation's server calls now: the `Date` header of its key set. Null: it serves none. */
  date: string | null;
  now: number;
  today: string;
  /** The bodies of all parcels that were posted. */
  readonly posted: Bytes[];
};

export const world: World = { way: honest, date: "", now: 0, today: "", posted: [] };

async function fetch(url: string, init: RequestInit): Promise<Response> {
  if (url === "/keys.jws" && world.date === null) throw new TypeError("no network");
  if (url === "/keys.jws") return new Response(keySet, { headers: { date: world.date ?? "" } });
  world.posted.push(init.body as Bytes);
  return world.way(init.body as Bytes, init);
}

/** For every test of a file: fresh storage, a network without faults, and timers that the test moves. */
export function useWorld(): void {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    vi.stubGlobal("indexedDB", new IDBFactory());
    vi.stubGlobal("fetch", fetch);
    vi.stubGlobal("navigator", {});
    vi.stubGlobal("location", { origin: "https://own.example" });
    vi.stubGlobal("document", newPage());
    world.posted.length = 0;
    Object.assign(world, { way: honest, date: "", now: NOW, today: "2025-03-07" });
  });
  afterEach(() => {
    vi.clearAllTimers();
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });
}

export const clock = {
  now: (): number => world.now,
  ticks: (): number => world.now,
  today: (): string => world.today,
  chance: (): number => 0.5,
};

/** A window that is opened on this phone. */
export async function open() {
  const outbox = new Outbox();
  const ring = new KeyRing({ link: null, page: pin });
  const sender = new Sender(outbox, ring, clock, () => undefined);
  await ring.load();
  await outbox.look();
  return { outbox, sender };
}

/** Puts envelopes, told apart by one byte, into the outbox. Their ids. */
export async function keep(outbox: Outbox, ...contents: number[]): Promise<string[]> {
  const envelopes = contents.map(envelope);
  for (const bytes of envelopes) await outbox.put(idOf(bytes), bytes);
  return envelopes.map(idOf);
}

export type Word = "window" | "saved" | "received" | undefined;

/** The word that is true of an envelope. */
export function word(window: { outbox: Outbox; sender: Sender }, id: string): Word {
  if (window.sender.received.includes(id)) return "received";
  return window.outbox.waiting.find((one) => one.id === id)?.where;
}
