/** Sealed reports get out, whatever the way does to them: outbox, sender and key ring on a real IndexedDB interface. */
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { KeyRing } from "../../../client/report/keys.ts";
import { Outbox } from "../../../client/report/outbox.ts";
import { Sender } from "../../../client/report/sender.ts";
import type { Bytes } from "../../../client/shared/bytes.ts";
import { parseParcel } from "../../../client/shared/parcel.ts";
import { answerParcel, envelope, idOf, makeSigner, printOf, signKeySet } from "./organisation.ts";
import { newPage } from "./page.ts";

const root = await makeSigner();
const receipt = await makeSigner();
const keySet = await signKeySet(root, receipt);

const YEAR = 365 * 86_400_000;

type Answer = { readonly status?: number; readonly body: string; readonly headers?: object };
type Way = (parcel: Bytes) => Promise<Answer | null>;

/** What the network does with parcels; null is silence. */
let way: Way;
let keys: () => Answer | null;
let parcels: string[][];
let now: number;

const honest: Way = async (parcel) => ({ body: await answerParcel(receipt, parcel) });

async function network(url: string, init: RequestInit): Promise<Response> {
  const answer = url === "/keys.jws" ? keys() : await way(init.body as Bytes);
  if (!answer) throw new TypeError("no network");
  return new Response(answer.body, {
    status: answer.status ?? 200,
    headers: { ...answer.headers },
  });
}

/** Remembers which envelopes each parcel carried, by the first byte of their content. */
function watch(inner: Way): Way {
  return (parcel) => {
    const records = parseParcel(parcel).flatMap((one) => ("body" in one ? [one.body] : []));
    parcels.push(records.map(idOf));
    return inner(parcel);
  };
}

async function phone() {
  const outbox = new Outbox();
  const ring = new KeyRing({ link: null, page: await printOf(root) });
  const clock = { now: () => now, ticks: () => now, today: () => "2025-03-07", chance: () => 0.5 };
  const sender = new Sender(outbox, ring, clock, () => undefined);
  await ring.load();
  await outbox.look();
  return { outbox, ring, sender };
}

async function keep(outbox: Outbox, ...contents: number[]): Promise<string[]> {
  const envelopes = contents.map(envelope);
  for (const bytes of envelopes) await outbox.put(idOf(bytes), bytes);
  return envelopes.map(idOf);
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.stubGlobal("fetch", network);
  vi.stubGlobal("navigator", {});
  vi.stubGlobal("location", { origin: "https://own.example" });
  vi.stubGlobal("document", newPage());
  way = watch(honest);
  keys = () => ({ body: keySet });
  parcels = [];
  now = 1_000_000;
});

afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("what waited in an earlier window is sent, oldest first, and deleted against the receipt", async () => {
  const ids = await keep((await phone()).outbox, 3, 1, 2);
  const { outbox, sender } = await phone();
  expect(outbox.waiting).toEqual(ids.map((id) => ({ id, where: "saved", refused: "" })));
  await sender.nudge();
  expect(parcels).toEqual([ids]);
  expect(outbox.waiting).toEqual([]);
  expect(sender.received).toEqual(ids);
});

describe("nothing is deleted without proof", () => {
  const lies: Record<string, Way> = {
    silence: async () => null,
    "a login page": async () => ({ body: "<html>login" }),
    "an answer without a receipt": async () => ({ body: '{"ok":true}' }),
    "a receipt by somebody else": async (parcel) => ({
      body: await answerParcel(await makeSigner(), parcel),
    }),
    "a receipt for other bytes": async () => ({
      body: await answerParcel(receipt, await parcelOf(envelope(99))),
    }),
    "a whole answer under a failure's status": async (parcel) => ({
      status: 500,
      body: await answerParcel(receipt, parcel),
    }),
  };

  test.each(Object.keys(lies))("%s", async (lie) => {
    const { outbox, sender } = await phone();
    const ids = await keep(outbox, 1);
    way = lies[lie] as Way;
    await sender.nudge();
    expect(outbox.waiting.map(({ id }) => id)).toEqual(ids);
    expect(sender.received).toEqual([]);
    expect(sender.trouble).not.toBeNull();
    way = honest;
    await sender.nudge();
    expect(outbox.waiting).toEqual([]);
    expect(sender.trouble).toBeNull();
  });
});

async function parcelOf(bytes: Bytes): Promise<Bytes> {
  const { encodeParcel } = await import("../../../client/shared/parcel.ts");
  return encodeParcel([bytes]);
}

test("a record that makes every parcel fail holds nothing up [F13]", async () => {
  const { outbox, sender } = await phone();
  const poison = idOf(envelope(3));
  await keep(outbox, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  way = watch(async (parcel) =>
    parcels[parcels.length - 1]?.includes(poison) ? { status: 413, body: "" } : honest(parcel),
  );
  for (let tries = 0; tries < 10; tries += 1) await sender.nudge();
  expect(outbox.waiting.map(({ id }) => id)).toEqual([poison]);
  way = honest;
  await sender.nudge();
  expect(outbox.waiting).toEqual([]);
});

test("a record that the server refuses is kept, not sent by itself, and tried again when asked", async () => {
  const { outbox, sender } = await phone();
  const [first = "", second = ""] = await keep(outbox, 1, 2);
  way = watch(async (parcel) => ({ body: await answerParcel(receipt, parcel, [first]) }));
  await sender.nudge();
  expect(outbox.waiting).toEqual([{ id: first, where: "saved", refused: "version" }]);
  await sender.nudge();
  expect(parcels).toEqual([[first, second]]);
  way = watch(honest);
  await sender.insist();
  expect(outbox.waiting).toEqual([]);
});

test("a record of which half was lost on the way is no refused one, and is sent again by itself [F13] [F15]", async () => {
  const { outbox, sender } = await phone();
  const [first = "", second = ""] = await keep(outbox, 1, 2);
  const cut = async (parcel: Bytes): Promise<Answer> => ({
    body: await answerParcel(receipt, parcel, [second], "stored", "truncated"),
  });
  way = watch(cut);
  await sender.nudge();
  expect(outbox.waiting).toEqual([{ id: second, where: "saved", refused: "" }]);
  way = watch(honest);
  await sender.nudge();
  expect(outbox.waiting).toEqual([]);
  expect(parcels[0]).toEqual([first, second]);
});

test("a refusal that cannot be written down is remembered here, and the record is not sent for ever", async () => {
  const { outbox, sender } = await phone();
  const [id = ""] = await keep(outbox, 1);
  way = watch(async (parcel) => ({ body: await answerParcel(receipt, parcel, [id]) }));
  const writing = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  await sender.nudge();
  await sender.nudge();
  expect(writing).toHaveBeenCalled();
  expect(parcels).toEqual([[id]]);
  expect(outbox.waiting).toEqual([{ id, where: "saved", refused: "version" }]);
  writing.mockRestore();
  way = watch(honest);
  await sender.insist();
  expect(outbox.waiting).toEqual([]);
});

test("what is no envelope any more is set aside and never sent [F13]", async () => {
  const { outbox, sender } = await phone();
  const [good = ""] = await keep(outbox, 1);
  const other = idOf(envelope(7));
  await outbox.stored.add(other, envelope(8));
  await sender.nudge();
  expect(parcels).toEqual([[good]]);
  expect(outbox.waiting).toEqual([{ id: other, where: "saved", refused: "broken" }]);
});

const hundred = Array.from({ length: 100 }, (_, at) => at);
const sizes = (): number[] => parcels.map((ids) => ids.length);

/** A network that carries so many bytes in a second. */
const carrying =
  (rate: number): Way =>
  async (parcel) => {
    now += (1000 * parcel.length) / rate;
    return honest(parcel);
  };

test("a hundred records leave in parcels that grow to full ones", async () => {
  const { outbox, sender } = await phone();
  await keep(outbox, ...hundred);
  await sender.nudge();
  expect(sizes()).toEqual([5, 20, 64, 11]);
  expect(outbox.waiting).toEqual([]);
});

test("on a slow way parcels stay as small as takes seven seconds [F64]", async () => {
  const { outbox, sender } = await phone();
  await keep(outbox, ...hundred);
  way = watch(carrying(2000));
  await sender.nudge();
  expect(sizes()).toEqual([5, ...new Array(15).fill(6), 5]);
  expect(outbox.waiting).toEqual([]);
});

test("after a cut parcels are half as large, and grow again from there [F64]", async () => {
  const { outbox, sender } = await phone();
  await keep(outbox, ...hundred);
  way = watch(async (parcel) => (parcels.length === 2 ? null : honest(parcel)));
  await sender.nudge();
  await sender.nudge();
  expect(sizes()).toEqual([5, 20, 9, 36, 30, 20]);
  expect(outbox.waiting).toEqual([]);
});

test("the server that has no key set to give is left alone for as long as it asks, too [F26]", async () => {
  let asked = 0;
  keys = () => {
    asked += 1;
    return { status: 503, body: "", headers: { "retry-after": "60" } };
  };
  const { outbox, sender } = await phone();
  await keep(outbox, 1);
  await sender.nudge();
  await sender.nudge();
  expect(asked).toBe(1);
  await sender.insist();
  expect(asked).toBe(2);
  now += 60_000;
  keys = () => ({ body: keySet });
  await sender.nudge();
  expect(parcels).toHaveLength(1);
  expect(outbox.waiting).toEqual([]);
});

test("a server's Retry-After holds for us and not for a person [F26]", async () => {
  const { outbox, sender } = await phone();
  await keep(outbox, 1);
  way = watch(async () => ({ status: 503, body: "", headers: { "retry-after": "60" } }));
  await sender.nudge();
  await sender.nudge();
  expect(parcels).toHaveLength(1);
  now += 60_000;
  await sender.nudge();
  expect(parcels).toHaveLength(2);
  await sender.insist();
  expect(parcels).toHaveLength(3);
});

test("what has its receipt is not sent again while it cannot be deleted", async () => {
  const { outbox, sender } = await phone();
  await keep(outbox, 1);
  const refused = vi
    .spyOn(outbox.stored, "remove")
    .mockRejectedValue(new DOMException("no room", "QuotaExceededError"));
  await sender.nudge();
  await keep(outbox, 2);
  await sender.nudge();
  await sender.nudge();
  expect(parcels).toEqual([[idOf(envelope(1))], [idOf(envelope(2))]]);
  expect(sender.trouble).toBe("storage");
  expect(outbox.waiting).toHaveLength(2);
  refused.mockRestore();
  await sender.nudge();
  expect(parcels).toHaveLength(2);
  expect(sender.trouble).toBeNull();
  expect(outbox.waiting).toEqual([]);
});

test("a clock that was turned back meanwhile does not make the patience that the server asked for longer [F20] [F26]", async () => {
  const { outbox, sender } = await phone();
  await keep(outbox, 1);
  way = watch(async () => ({ status: 503, body: "", headers: { "retry-after": "60" } }));
  now += 5 * YEAR;
  await sender.nudge();
  now -= 5 * YEAR;
  way = watch(honest);
  const before = Date.now();
  vi.advanceTimersToNextTimer();
  while (sender.sending) await new Promise(setImmediate);
  expect(Date.now() - before).toBe(62_000);
  expect(outbox.waiting).toEqual([]);
});

test("it tries again by itself, ever more slowly, and never gives up [F11]", async () => {
  const { outbox, sender } = await phone();
  await keep(outbox, 1);
  way = watch(async () => null);
  await sender.nudge();
  const waits: number[] = [];
  for (let tries = 1; tries <= 50; tries += 1) {
    const before = Date.now();
    vi.advanceTimersToNextTimer();
    waits.push(Date.now() - before);
    while (sender.sending) await new Promise(setImmediate);
  }
  expect(parcels).toHaveLength(51);
  expect(waits.slice(0, 3)).toEqual([1000, 1500, 2500]);
  expect(waits.slice(10)).toEqual(new Array(40).fill(150_500));
});

test("while nobody looks nothing is tried", async () => {
  const { outbox, sender } = await phone();
  await keep(outbox, 1);
  way = watch(async () => null);
  await sender.nudge();
  vi.stubGlobal("document", newPage("hidden"));
  await vi.advanceTimersByTimeAsync(600_000);
  expect(parcels).toHaveLength(1);
});

test("of two windows only the one with the lease sends [F06]", async () => {
  const one = await phone();
  const ids = await keep(one.outbox, 1, 2);
  const other = await phone();
  await Promise.all([one.sender.nudge(), other.sender.nudge()]);
  expect(parcels).toEqual([ids]);
});

test("the lease of a window that died is taken over, also when the clock was turned back", async () => {
  const { outbox } = await phone();
  const { stored } = outbox;
  expect(await stored.lease("dead", now, now + 30_000)).toBe(true);
  expect(await stored.lease("next", now + 29_999, now + 59_999)).toBe(false);
  expect(await stored.lease("next", now + 30_000, now + 60_000)).toBe(true);
  expect(await stored.lease("third", now - 86_400_000, now - 86_370_000)).toBe(true);
});

describe("keys", () => {
  test("the newest key set is kept, an older one changes nothing", async () => {
    const newer = await signKeySet(root, receipt, { issued: "2025-04-01", org: "Newer" });
    const { ring } = await phone();
    keys = () => ({ body: newer });
    expect(await ring.refresh()).toBe(true);
    keys = () => ({ body: keySet });
    expect(await ring.refresh()).toBe(false);
    expect((await phone()).ring.set?.org).toBe("Newer");
  });

  test("a key set under another root is refused and the old one stays", async () => {
    const { ring } = await phone();
    await ring.refresh();
    const other = await signKeySet(await makeSigner(), receipt, { issued: "2026-01-01" });
    keys = () => ({ body: other });
    expect(await ring.refresh()).toBe(false);
    expect(ring.otherRoot).toBe(true);
    expect(ring.set?.org).toBe("Aid");
  });

  test("a root that the kept key set names may follow", async () => {
    const next = await makeSigner();
    const naming = await signKeySet(root, receipt, { roots: [await printOf(next)] });
    const following = await signKeySet(next, receipt, { issued: "2025-05-01", org: "After" });
    const { ring } = await phone();
    keys = () => ({ body: naming });
    await ring.refresh();
    keys = () => ({ body: following });
    expect(await ring.refresh()).toBe(true);
    const later = new KeyRing({ link: null, page: await printOf(next) });
    await later.load();
    expect([later.set?.org, later.otherRoot]).toEqual(["After", false]);
  });

  test("the first pin under which a key set came wins over page and link", async () => {
    await (await phone()).ring.refresh();
    const ring = new KeyRing({ link: "A".repeat(43), page: "B".repeat(43) });
    await ring.load();
    expect(ring.set?.org).toBe("Aid");
    expect(ring.otherRoot).toBe(true);
  });

  test("a link that led to nothing gives way to the next link", async () => {
    const wrong = new KeyRing({ link: "A".repeat(43), page: null });
    await wrong.load();
    expect(await wrong.refresh()).toBe(false);
    const right = new KeyRing({ link: await printOf(root), page: null });
    await right.load();
    expect(await right.refresh()).toBe(true);
  });

  test("a receipt under a new receipt key is understood once the key set was fetched again", async () => {
    const { outbox, ring, sender } = await phone();
    await ring.refresh();
    await keep(outbox, 1);
    const turned = await makeSigner();
    const newer = await signKeySet(root, turned, { issued: "2025-04-01" });
    keys = () => ({ body: newer });
    way = async (parcel) => ({ body: await answerParcel(turned, parcel) });
    await sender.nudge();
    expect(outbox.waiting).toEqual([]);
  });
});

describe("without a database", () => {
  beforeEach(() => {
    vi.stubGlobal("indexedDB", {
      open: () => {
        throw new DOMException("full", "QuotaExceededError");
      },
    });
  });

  test("a report waits in the window, says so, and is sent from there [F33] [F95]", async () => {
    const { outbox, sender } = await phone();
    const ids = await keep(outbox, 1);
    expect(outbox.durable).toBe(false);
    expect(outbox.waiting).toEqual([{ id: ids[0], where: "window", refused: "" }]);
    await sender.nudge();
    expect(sender.received).toEqual(ids);
    expect(outbox.waiting).toEqual([]);
  });

  test("it moves to the database as soon as there is one", async () => {
    const { outbox } = await phone();
    const ids = await keep(outbox, 1);
    vi.stubGlobal("indexedDB", new IDBFactory());
    await vi.advanceTimersByTimeAsync(10_000);
    await outbox.settle();
    expect(outbox.durable).toBe(true);
    expect(outbox.waiting).toEqual([{ id: ids[0], where: "saved", refused: "" }]);
  });
});

test("a database that lost its connection is opened once more [F35]", async () => {
  const { outbox } = await phone();
  const transaction = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = () => {
    IDBDatabase.prototype.transaction = transaction;
    throw new DOMException("Connection to Indexed Database server lost", "UnknownError");
  };
  await keep(outbox, 1);
  expect(outbox.waiting.map(({ where }) => where)).toEqual(["saved"]);
});

test("the same envelope put twice waits once", async () => {
  const { outbox } = await phone();
  await keep(outbox, 1, 1);
  expect(outbox.waiting).toHaveLength(1);
});
