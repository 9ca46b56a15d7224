/** When the own address leads nowhere: the organisation's others. */
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { KeyRing } from "../../../client/report/keys.ts";
import { Outbox } from "../../../client/report/outbox.ts";
import { Sender } from "../../../client/report/sender.ts";
import type { Bytes } from "../../../client/shared/bytes.ts";
import { answerParcel, envelope, idOf, makeSigner, printOf, signKeySet } from "./organisation.ts";
import { newPage } from "./page.ts";

const OWN = "https://own.example";
const ONION = "http://other.onion";

const root = await makeSigner();
const receipt = await makeSigner();
const keySet = await signKeySet(root, receipt, { origins: [OWN, ONION] });

/** What an origin, "" for the own, does with a request; null is silence. */
let reach: (origin: string, path: string) => Response | null | undefined;
let asked: string[];

async function network(url: string, init: RequestInit): Promise<Response> {
  const path = url.endsWith("/keys.jws") ? "/keys.jws" : "/api/v1/parcels";
  const origin = url.slice(0, -path.length);
  asked.push(url);
  const met = reach(origin, path);
  if (met === null) throw new TypeError("no network");
  if (met) return met;
  const body = path === "/keys.jws" ? keySet : await answerParcel(receipt, init.body as Bytes);
  return new Response(body);
}

async function phone() {
  const outbox = new Outbox();
  const ring = new KeyRing({ link: null, page: await printOf(root) });
  const clock = { now: () => 0, ticks: () => 0, today: () => "2025-03-07", chance: () => 0.5 };
  const sender = new Sender(outbox, ring, clock, () => undefined);
  await ring.load();
  await ring.refresh();
  asked = [];
  return { outbox, ring, sender };
}

const keep = (outbox: Outbox, content: number): Promise<void> =>
  outbox.put(idOf(envelope(content)), envelope(content));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.stubGlobal("fetch", network);
  vi.stubGlobal("navigator", {});
  vi.stubGlobal("location", { origin: OWN });
  vi.stubGlobal("document", newPage());
  reach = () => undefined;
  asked = [];
});

afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const parcelsAsked = (): string[] => asked.filter((url) => url.endsWith("/parcels"));

test("while the own address answers no other is asked", async () => {
  const { outbox, sender } = await phone();
  await keep(outbox, 1);
  await sender.nudge();
  expect(asked).toEqual(["/api/v1/parcels"]);
});

test.each([
  ["silent", () => null],
  ["a login page", () => new Response("<html>login")],
  ["broken", () => new Response("", { status: 502 })],
  ["not ours", () => new Response('{"receipt":"a.b.c","envelopes":[]}')],
  ["blocked as a bad request", () => new Response("<html>blocked", { status: 400 })],
])("own address %s: the report goes by the next one [F70]", async (_name, answer) => {
  const { outbox, sender } = await phone();
  await keep(outbox, 1);
  reach = (origin) => (origin === "" ? answer() : undefined);
  await sender.nudge();
  expect(parcelsAsked()).toEqual(["/api/v1/parcels", `${ONION}/api/v1/parcels`]);
  expect(sender.received).toHaveLength(1);
  expect(sender.trouble).toBeNull();
});

test("where it was reached last it is looked for first [F70]", async () => {
  const { outbox, sender } = await phone();
  reach = (origin) => (origin === "" ? null : undefined);
  await keep(outbox, 1);
  await sender.nudge();
  asked = [];
  await keep(outbox, 2);
  await sender.nudge();
  expect(asked).toEqual([`${ONION}/api/v1/parcels`]);
});

test("where none answers the report stays, and the own address's trouble is told", async () => {
  const { outbox, sender } = await phone();
  reach = (origin) => (origin === "" ? new Response("<html>login") : null);
  await keep(outbox, 1);
  await sender.nudge();
  expect(outbox.waiting).toHaveLength(1);
  expect(sender.trouble).toBe("strange");
});

test("a server that asks for patience is not gone round", async () => {
  const { outbox, sender } = await phone();
  reach = () => new Response("", { status: 503, headers: { "retry-after": "9" } });
  await keep(outbox, 1);
  await sender.nudge();
  expect(parcelsAsked()).toEqual(["/api/v1/parcels"]);
});

test("the key set comes from another address too", async () => {
  const { ring } = await phone();
  reach = (origin) => (origin === "" ? null : undefined);
  expect(await ring.refresh()).toBe(true);
  expect(asked).toEqual(["/keys.jws", `${ONION}/keys.jws`]);
});
