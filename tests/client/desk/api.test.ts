import { afterEach, beforeEach, expect, test } from "vitest";
import {
  type Access,
  fetchQueue,
  fetchSalt,
  openSession,
  saveAssessment,
  takeOutPackage,
} from "../../../client/desk/api.ts";
import { ANY } from "../../../client/desk/choice.ts";

const ID = "ab".repeat(32);
const ASKED = { state: "waiting", choice: ANY } as const;
const FIRST = { before: null, limit: 50, count: false };
const QUEUE = { envelopes: [], next: null, total: 0 };
const STAMP = { ref: "r", version: 1, member: "amal", assessed: "2031-03-07", hour: 9 };
const SAVED = { ...STAMP, decision: "hold" };

const network = globalThis.fetch;
let asked: { readonly path: string; readonly init: RequestInit }[] = [];

/** Answers requests in this order; a `TypeError` in the list is a network that fails. */
function answer(...answers: readonly (Response | TypeError)[]): void {
  const left = [...answers];
  globalThis.fetch = async (path, init) => {
    asked.push({ path: String(path), init: init ?? {} });
    const next = left.shift();
    if (next instanceof Response) return next;
    throw next ?? new Error("nothing more was expected");
  };
}

const json = (body: unknown, status = 200): Response => Response.json(body, { status });
const refusal = (code: string, status: number): Response =>
  json({ error: { code, message: code } }, status);

/** A member whose second token is good. */
function member(): Access & { renewals: number } {
  const access = {
    renewals: 0,
    token: () => `token-${access.renewals}`,
    renew: async () => {
      access.renewals += 1;
    },
  };
  return access;
}

const header = (at: number, name: string) => new Headers(asked[at]?.init.headers).get(name);

beforeEach(() => {
  asked = [];
});
afterEach(() => {
  globalThis.fetch = network;
});

test("a request carries the token in its one header, no cookie, and follows no redirect", async () => {
  answer(json(QUEUE));
  await fetchQueue(member(), ASKED, { ...FIRST, before: "17" });
  expect(asked[0]?.path).toBe("/api/v1/queue?state=waiting&limit=50&before=17");
  expect(header(0, "authorization")).toBe("Bearer token-0");
  expect(asked[0]?.init).toMatchObject({
    credentials: "omit",
    cache: "no-store",
    redirect: "error",
    referrerPolicy: "no-referrer",
  });
});

test("signing in carries no token", async () => {
  answer(json({ salt: "AAAAAAAAAAAAAAAAAAAAAA" }));
  expect((await fetchSalt("amal")).length).toBe(16);
  expect(header(0, "authorization")).toBeNull();
});

test("a sign-in that wants a second factor is told from one that is done", async () => {
  const wanted = { handle: "A".repeat(43), credentials: ["AAAA"], codes: true };
  const signedIn = { token: "t", expires_in: 1, new_pass: null, member: null };
  answer(json({ factor: wanted }, 202), json(signedIn, 201));
  await expect(openSession("amal", new Uint8Array(32))).resolves.toEqual({
    factor: { handle: new Uint8Array(32), credentials: [new Uint8Array(3)], codes: true },
  });
  await expect(openSession("amal", new Uint8Array(32))).resolves.toEqual(signedIn);
});

test("a request that finds the session ended is made once more after signing in again", async () => {
  answer(refusal("not_signed_in", 401), json(QUEUE));
  const access = member();
  await expect(fetchQueue(access, ASKED, FIRST)).resolves.toEqual(QUEUE);
  expect(access.renewals).toBe(1);
  expect(asked.map((_, at) => header(at, "authorization"))).toEqual([
    "Bearer token-0",
    "Bearer token-1",
  ]);
});

test("a session that ends twice is not asked for a third time", async () => {
  answer(refusal("not_signed_in", 401), refusal("not_signed_in", 401));
  await expect(fetchQueue(member(), ASKED, FIRST)).rejects.toMatchObject({
    code: "not_signed_in",
  });
  expect(asked).toHaveLength(2);
});

test("an assessment names the version that was seen", async () => {
  answer(json(SAVED, 201));
  const saved = await saveAssessment(member(), ID, 3, { decision: "hold" });
  expect(header(0, "if-match")).toBe('"3"');
  expect(asked[0]?.init.body).toBe('{"decision":"hold"}');
  expect(saved).toEqual({
    ref: "r",
    version: 1,
    member: "amal",
    assessed: "2031-03-07",
    hour: 9,
    fields: { decision: "hold" },
  });
});

test("an assessment with a word of the report in it never leaves", async () => {
  answer();
  const body = { decision: "hold", note: "words" };
  await expect(saveAssessment(member(), ID, 0, body)).rejects.toThrow("note");
  expect(asked).toEqual([]);
});

test.each([
  ["a page of the network's", new Response("<html>Log in</html>"), "strange"],
  ["JSON of another shape", json({ envelopes: "none", next: null, total: 0 }), "strange"],
  ["a refusal of another shape", new Response("Bad Gateway", { status: 502 }), "strange"],
  ["no network", new TypeError("failed"), "network"],
  ["a busy server", refusal("busy", 503), "busy"],
])("%s is told apart", async (_name, given, code) => {
  answer(given);
  await expect(fetchQueue(member(), ASKED, FIRST)).rejects.toMatchObject({ code });
});

test("a package is given as it came", async () => {
  answer(new Response("PK and more"));
  const file = await takeOutPackage(member(), {
    from: "2031-03-03",
    to: "2031-03-09",
    tier: "internal",
    area: "adm2",
  });
  expect(await file.text()).toBe("PK and more");
});
