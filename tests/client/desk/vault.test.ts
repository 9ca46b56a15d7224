import { beforeAll, expect, test } from "vitest";
import { openerWith, openParcel } from "../../../client/desk/vault/open.ts";
import { type Bytes, toHex, utf8 } from "../../../client/shared/bytes.ts";
import { envelopeId, sealReport } from "../../../client/shared/envelope.ts";
import { kid, publicKey } from "../../../client/shared/keys.ts";
import { encodeParcel } from "../../../client/shared/parcel.ts";

const SEED = new Uint8Array(32).fill(7);
let desk: Bytes;
let seeds: Map<string, Bytes>;

beforeAll(async () => {
  desk = await publicKey(SEED);
  seeds = new Map([[toHex(await kid(desk)), SEED]]);
});

const sealJson = (report: unknown): Promise<Bytes> =>
  sealReport(utf8(JSON.stringify(report)), desk);
const odd = (answers: unknown, kind = "safety") =>
  sealJson({ v: 1, kind, lang: "ar", app: "test", answers });
const RIGHT = { place: { pcode: null, text: "x" }, when: "now", event: "other", basis: "saw" };

/** Opens envelopes as the desk does; what it says of each. */
async function open(envelopes: readonly Bytes[], held = seeds) {
  const ids = await Promise.all(envelopes.map(async (each) => toHex(await envelopeId(each))));
  const steps: number[] = [];
  const ask = { parcel: encodeParcel(envelopes), ids };
  const { opened } = await openParcel(ask, openerWith(held), (done) => steps.push(done));
  return { opened, steps, ids };
}

test("a right report opens without a reason against it, and progress is told", async () => {
  const { opened, steps, ids } = await open([await odd(RIGHT), await odd(RIGHT)]);
  expect(opened.map(({ id, reason }) => [id, reason])).toEqual(ids.map((id) => [id, null]));
  expect(opened[0]?.report?.answers).toEqual(RIGHT);
  expect(steps).toEqual([1, 2]);
});

test("a report that breaks the form is shown and said to do so", async () => {
  const { opened } = await open([await odd({ ...RIGHT, event: "meteor" })]);
  expect(opened[0]).toMatchObject({ reason: "schema", report: { answers: { event: "meteor" } } });
});

test.each([
  ["text that is no JSON", utf8("no report"), "json"],
  ["a member twice", utf8('{"v":1,"v":1}'), "json"],
  ["JSON without answers", utf8('{"v":1}'), "schema"],
  ["a list", utf8("[]"), "schema"],
])("%s has its reason and no report", async (_name, content, reason) => {
  const { opened } = await open([await sealReport(content, desk)]);
  expect(opened[0]).toMatchObject({ reason, report: null });
});

test("one envelope that does not open spoils none of its neighbours", async () => {
  const damaged = (await odd(RIGHT)).slice();
  damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
  const { opened } = await open([damaged, await odd(RIGHT)]);
  expect(opened.map(({ reason }) => reason)).toEqual(["open", null]);
});

test("without the desk's key the reason is the key", async () => {
  const { opened } = await open([await odd(RIGHT)], new Map());
  expect(opened[0]?.reason).toBe("kid");
});

test("bytes under another envelope's id are missing, whatever the server calls them", async () => {
  const parcel = encodeParcel([await odd(RIGHT)]);
  const ask = { parcel, ids: ["00".repeat(32)] };
  const { opened } = await openParcel(ask, openerWith(seeds), () => undefined);
  expect(opened).toEqual([{ id: "00".repeat(32), report: null, reason: "missing" }]);
});

test("answers nested without end are cut, and can be handed on", async () => {
  const deep = `${"[".repeat(7000)}${"]".repeat(7000)}`;
  const report = `{"v":1,"kind":"safety","lang":"ar","app":"t","answers":{"cause":${deep}}}`;
  const { opened } = await open([await sealReport(utf8(report), desk)]);
  expect(structuredClone(opened[0]?.report?.answers)).toEqual({ cause: [["…"]] });
});

test("names that every object inherits are answers like any other", async () => {
  const answers = { ...RIGHT, basis: "constructor", toString: "x" };
  const { opened } = await open([await odd(answers, "constructor")]);
  expect(opened[0]?.report).toMatchObject({ kind: "constructor", answers });
});
