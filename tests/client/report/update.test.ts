/** When a page that lives for weeks asks for a newer build, and what that may cost. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { keepShell } from "../../../client/report/shell.ts";
import { watchForUpdates } from "../../../client/report/update.ts";
import { newPage } from "./page.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let chance: number;
let now: number;
let update: ReturnType<typeof vi.fn>;
let page: EventTarget & { visibilityState: string };
let connection: { saveData: boolean };

const clock = { now: () => now, today: () => "2025-03-07", chance: () => chance, ticks: () => 0 };

/** Lets time pass with the page in the background, then somebody looks at it for a while. */
async function lookAfter(milliseconds: number, forHowLong = MINUTE): Promise<void> {
  page.visibilityState = "hidden";
  now += milliseconds;
  await vi.advanceTimersByTimeAsync(0);
  page.visibilityState = "visible";
  page.dispatchEvent(new Event("visibilitychange"));
  await vi.advanceTimersByTimeAsync(forHowLong);
  now += forHowLong;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  chance = 0.5;
  now = 1_741_300_000_000;
  update = vi.fn(async () => undefined);
  connection = { saveData: false };
  page = newPage();
  const register = vi.fn().mockRejectedValue(new TypeError("no network"));
  const serviceWorker = Object.assign(new EventTarget(), {
    getRegistration: async () => ({ update }),
    register,
  });
  vi.stubGlobal("navigator", { serviceWorker, connection });
  vi.stubGlobal("document", page);
  vi.stubGlobal("addEventListener", vi.fn());
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a page that lives long looks for an update [F57]", () => {
  test("when somebody comes back to it after a day, once", async () => {
    watchForUpdates(clock);
    await lookAfter(DAY);
    await lookAfter(MINUTE);
    await lookAfter(HOUR);
    expect(update).toHaveBeenCalledTimes(1);
  });

  test("not while it is young: the browser looked when it was opened", async () => {
    watchForUpdates(clock);
    for (let hours = 0; hours < 11; hours += 1) await lookAfter(HOUR);
    expect(update).not.toHaveBeenCalled();
  });

  test("not in the background, however long", async () => {
    watchForUpdates(clock);
    now += 30 * DAY;
    await vi.advanceTimersByTimeAsync(30 * DAY);
    page.visibilityState = "hidden";
    page.dispatchEvent(new Event("visibilitychange"));
    await vi.advanceTimersByTimeAsync(DAY);
    expect(update).not.toHaveBeenCalled();
  });

  test("not at once and not all phones at the same moment", async () => {
    watchForUpdates(clock);
    await lookAfter(DAY, 4999);
    expect(update).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(update).toHaveBeenCalledTimes(1);
  });

  test.each([
    [0, 13],
    [0.999, 25],
  ])("whose rhythm is drawn by chance (%d: within %i hours)", async (drawn, hours) => {
    chance = drawn;
    watchForUpdates(clock);
    await lookAfter((hours - 2) * HOUR);
    expect(update).not.toHaveBeenCalled();
    await lookAfter(2 * HOUR);
    expect(update).toHaveBeenCalledTimes(1);
  });

  test("not where data are saved, and again when they no longer are", async () => {
    connection.saveData = true;
    watchForUpdates(clock);
    await lookAfter(DAY);
    expect(update).not.toHaveBeenCalled();
    connection.saveData = false;
    await lookAfter(2 * HOUR);
    expect(update).toHaveBeenCalledTimes(1);
  });

  test("whose clock was turned back by years", async () => {
    watchForUpdates(clock);
    now -= 5 * 365 * DAY;
    await lookAfter(0);
    expect(update).toHaveBeenCalledTimes(1);
  });

  test("where the browser tells nothing of data saving", async () => {
    vi.stubGlobal("navigator", { serviceWorker: navigator.serviceWorker });
    watchForUpdates(clock);
    await lookAfter(DAY);
    expect(update).toHaveBeenCalledTimes(1);
  });
});

describe("what cannot succeed is not tried for ever at a person's cost", () => {
  test("a look that met no network is made again after more than an hour [F72]", async () => {
    update.mockRejectedValue(new TypeError("no network"));
    watchForUpdates(clock);
    await lookAfter(DAY);
    await lookAfter(HOUR);
    expect(update).toHaveBeenCalledTimes(1);
    await lookAfter(HOUR);
    expect(update).toHaveBeenCalledTimes(2);
  });

  test("a shell that cannot be stored is tried at most forty times in a day [F72]", async () => {
    void keepShell(() => undefined);
    await vi.advanceTimersByTimeAsync(DAY);
    const tries = vi.mocked(navigator.serviceWorker.register).mock.calls.length;
    expect(tries).toBeGreaterThan(20);
    expect(tries).toBeLessThan(40);
  });
});
