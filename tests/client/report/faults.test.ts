/** What the network, the clock and other windows may do to sealed reports that wait. */
import "fake-indexeddb/auto";
import { describe, expect, test, vi } from "vitest";
import type { Sealing, SealingView } from "../../../client/report/seal.ts";
import type { Bytes } from "../../../client/shared/bytes.ts";
import { answerParcel, envelope, idOf } from "./organisation.ts";
import { newPage } from "./page.ts";
import {
  clock,
  honest,
  keep,
  open,
  pin,
  receipt,
  silent,
  useWorld,
  type Way,
  world,
} from "./phone.ts";

useWorld();

const YEAR = 365 * 86_400_000;

/** Real milliseconds in which what computes and stores gets done. */
const DONE = 60;
const realTimeout = setTimeout;

/** Milliseconds that pass for the app while its database takes one step. */
const STEP = 100;

/** Lets `milliseconds` pass for the app, and everything happen that is under way. */
async function pass(milliseconds = 0): Promise<void> {
  for (let passed = 0; passed < milliseconds; passed += STEP) {
    await vi.advanceTimersByTimeAsync(STEP);
    await new Promise(setImmediate);
  }
  await new Promise((resolve) => realTimeout(resolve, DONE));
}

/** Waits, in real time, until something is so. */
async function until(fact: () => boolean): Promise<void> {
  for (let rounds = 0; !fact(); rounds += 1) {
    if (rounds > 1000) throw new Error("it did not come to that");
    await new Promise((resolve) => realTimeout(resolve, 5));
  }
}

/** Starts the part that seals, in the page that is stubbed now, and lets it try once. */
async function begin(): Promise<{ sealing: Sealing; view: () => SealingView }> {
  const { start } = await import("../../../client/report/seal.ts");
  let seen: SealingView | undefined;
  const sealing = start({ link: null, page: pin }, clock, (view) => {
    seen = view;
  });
  await until(() => world.posted.length === 1 && seen?.sending === false);
  return { sealing, view: () => seen as SealingView };
}

test("fifty failures, and then it arrives [F11]", async () => {
  const { outbox, sender } = await open();
  await keep(outbox, 1);
  world.way = silent;
  await sender.nudge();
  for (let tries = 0; tries < 50; tries += 1) {
    vi.advanceTimersToNextTimer();
    await until(() => world.posted.length === tries + 2 && !sender.sending);
  }
  world.way = honest;
  await pass(301_000);
  await until(() => sender.received.length === 1);
});

describe("a clock decides nothing", () => {
  test.each([-400, -5 * 365, 400, 5 * 365])(
    "moved by %i days it sends all the same",
    async (days) => {
      const { outbox } = await open();
      await keep(outbox, 1);
      world.now += (days * YEAR) / 365;
      const later = await open();
      await later.sender.nudge();
      expect(later.sender.received).toHaveLength(1);
    },
  );

  test("records of every age are sent: they have none [F12]", async () => {
    const { outbox } = await open();
    for (const days of [0, 400, -800]) {
      world.now += (days * YEAR) / 365;
      await keep(outbox, days & 0xff);
    }
    const later = await open();
    await later.sender.nudge();
    expect(later.sender.received).toHaveLength(3);
  });
});

test("good, damaged, too large, good: the good ones arrive [F13]", async () => {
  const { outbox, sender } = await open();
  const [first = ""] = await keep(outbox, 1);
  const damaged = idOf(envelope(9));
  await outbox.stored.add(damaged, envelope(8));
  const [large = "", last = ""] = await keep(outbox, 2, 3);
  world.way = async (parcel) => new Response(await answerParcel(receipt, parcel, [large]));
  await sender.nudge();
  expect(sender.received).toEqual([first, last]);
  expect(outbox.waiting.map(({ id, refused }) => [id, refused])).toEqual([
    [damaged, "broken"],
    [large, "version"],
  ]);
});

test("what was cut off in the middle is sent again with the very same bytes [F15] [F25]", async () => {
  const { outbox, sender } = await open();
  await keep(outbox, 1);
  const requests: RequestInit[] = [];
  const copies: Bytes[] = [];
  const consuming: Way = async (parcel, init) => {
    requests.push(init);
    copies.push(parcel.slice());
    if (copies.length > 2) return honest(parcel, init);
    parcel.fill(0);
    throw new TypeError("the connection broke");
  };
  world.way = consuming;
  for (let tries = 0; tries < 3; tries += 1) await sender.nudge();
  expect(sender.received).toHaveLength(1);
  expect(copies[1]).toEqual(copies[0]);
  expect(copies[2]).toEqual(copies[0]);
  expect(new Set(requests).size).toBe(3);
});

test("a report that the desk has deleted meanwhile is known, and that is an answer [F19]", async () => {
  const { outbox, sender } = await open();
  await keep(outbox, 1);
  world.way = async (parcel) => new Response(await answerParcel(receipt, parcel, [], "known"));
  await sender.nudge();
  expect(sender.received).toHaveLength(1);
  expect(outbox.waiting).toEqual([]);
});

test("a connection that says nothing is given up, lets go of the lease and is tried again [F22]", async () => {
  const { outbox, sender } = await open();
  await keep(outbox, 1);
  world.way = (_parcel, { signal }) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener("abort", () => reject(new DOMException("given up", "AbortError")));
    });
  void sender.nudge();
  await until(() => world.posted.length === 1);
  await pass(29_000);
  expect(sender.sending).toBe(true);
  await pass(6_000);
  await until(() => !sender.sending);
  world.way = honest;
  const other = await open();
  await other.sender.nudge();
  expect(other.sender.received).toHaveLength(1);
});

test("an upload that moves slowly is not a connection that says nothing [F22]", async () => {
  const { outbox, sender } = await open();
  await keep(outbox, ...Array.from({ length: 5 }, (_, at) => at));
  world.way = (parcel, init) =>
    new Promise((resolve, reject) => {
      init.signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
      setTimeout(() => resolve(honest(parcel, init)), parcel.length / 0.3);
    });
  void sender.nudge();
  await until(() => world.posted.length === 1);
  await pass(60_000);
  await until(() => sender.received.length === 5);
  expect(world.posted).toHaveLength(1);
});

describe("what starts sending, each alone", () => {
  /** A page whose first try failed, which nothing but an event wakes. */
  async function asleep(): Promise<{
    page: EventTarget;
    act: () => void;
    view: () => SealingView;
  }> {
    await keep((await open()).outbox, 1);
    const page = newPage();
    vi.stubGlobal("document", page);
    vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
    world.way = silent;
    const { sealing, view } = await begin();
    vi.clearAllTimers();
    world.way = honest;
    return { page, act: sealing.send, view };
  }

  test("the page comes back into sight [F24]", async () => {
    const { page, view } = await asleep();
    page.dispatchEvent(new Event("visibilitychange"));
    await until(() => view().received.length === 1);
  });

  test("the page is shown again [F24]", async () => {
    const { page, view } = await asleep();
    page.dispatchEvent(new Event("pageshow"));
    await until(() => view().received.length === 1);
  });

  test("the browser says that the network is back, and phones do not all call at once [F24] [F26]", async () => {
    const { page, view } = await asleep();
    page.dispatchEvent(new Event("online"));
    await pass(2900);
    expect(view().received).toHaveLength(0);
    await pass(200);
    await until(() => view().received.length === 1);
  });

  test("a person asks [F24]", async () => {
    const { act, view } = await asleep();
    act();
    await until(() => view().received.length === 1);
  });

  test("time passes [F24]", async () => {
    const { outbox, sender } = await open();
    await keep(outbox, 1);
    world.way = silent;
    await sender.nudge();
    world.way = honest;
    await pass(10_000);
    await until(() => sender.received.length === 1);
  });

  test("the page starts [F24]", async () => {
    await keep((await open()).outbox, 1);
    const page = newPage();
    vi.stubGlobal("document", page);
    vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
    const { view } = await begin();
    expect(view().received).toHaveLength(1);
  });
});

describe("a date that is far off", () => {
  async function viewOn(today: string, date: string): Promise<SealingView> {
    Object.assign(world, { today, date });
    vi.stubGlobal("document", newPage());
    vi.stubGlobal("addEventListener", () => undefined);
    await keep((await open()).outbox, 1);
    return (await begin()).view();
  }

  test.each(["2020-03-07", "2030-03-07", "2025-02-20"])(
    "is said on %s, and the report arrives",
    async (today) => {
      const view = await viewOn(today, "Fri, 07 Mar 2025 10:00:00 GMT");
      expect([view.dateIsOff, view.received.length]).toEqual([true, 1]);
    },
  );

  test.each(["2025-03-07", "2025-03-06", "2025-03-08"])("is not said on %s", async (today) => {
    expect((await viewOn(today, "Fri, 07 Mar 2025 10:00:00 GMT")).dateIsOff).toBe(false);
  });

  test("is said where nobody answers, when the key set is of a day still to come [F20]", async () => {
    await viewOn("2025-03-07", "");
    world.posted.length = 0;
    Object.assign(world, { way: silent, date: null, today: "2010-01-01" });
    await keep((await open()).outbox, 2);
    const { view } = await begin();
    expect([view().dateIsOff, view().trouble]).toEqual([true, "silence"]);
  });

  test("is said after a receipt where no answer carries a date [F20]", async () => {
    expect((await viewOn("2031-01-01", "")).dateIsOff).toBe(true);
  });
});
