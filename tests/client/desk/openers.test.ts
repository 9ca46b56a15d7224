import { beforeAll, expect, test } from "vitest";
import { Vault } from "../../../client/desk/vault/client.ts";
import type { Reply, Request } from "../../../client/desk/vault/messages.ts";
import { openerWith, openParcel } from "../../../client/desk/vault/open.ts";
import { Openers, openersHere } from "../../../client/desk/vault/openers.ts";
import { type Bytes, toHex, utf8 } from "../../../client/shared/bytes.ts";
import { envelopeId, sealReport } from "../../../client/shared/envelope.ts";
import { kid, publicKey } from "../../../client/shared/keys.ts";
import { encodeParcel } from "../../../client/shared/parcel.ts";

const SEED = new Uint8Array(32).fill(9);
const COUNT = 7;
let seeds: Map<string, Bytes>;
let envelopes: Bytes[];
let ids: string[];

const noteOf = (at: number): string => `report ${at}`;

beforeAll(async () => {
  const desk = await publicKey(SEED);
  seeds = new Map([[toHex(await kid(desk)), SEED]]);
  const seal = (_: unknown, at: number) => {
    const answers = { note: noteOf(at) };
    const report = { v: 1, kind: "safety", lang: "ar", app: "test", answers };
    return sealReport(utf8(JSON.stringify(report)), desk);
  };
  envelopes = await Promise.all(Array.from({ length: COUNT }, seal));
  ids = await Promise.all(envelopes.map(async (each) => toHex(await envelopeId(each))));
});

/** An opener without a thread of its own; what was dealt to it. */
function opener(dealt: number[], dies = false): Vault {
  let held: ReadonlyMap<string, Bytes> = new Map();
  const port: ConstructorParameters<typeof Vault>[0] = {
    onmessage: null,
    onerror: null,
    terminate: () => undefined,
    postMessage: (request: Request) => void serve(request),
  };
  const answer = (reply: Reply) =>
    port.onmessage?.call(port as Worker, new MessageEvent("message", { data: reply }));
  async function serve({ call, task, ask }: Request): Promise<void> {
    if (dies) port.onerror?.call(port as Worker, new Event("error") as ErrorEvent);
    else if (task === "lend") {
      held = ask.seeds;
      answer({ call, answer: null });
    } else if (task === "openEach") {
      dealt.push(ask.envelopes.length);
      const progress = (done: number, total: number) => answer({ call, progress: { done, total } });
      answer({ call, answer: { read: await openerWith(held)(ask.envelopes, progress) } });
    }
  }
  return new Vault(port);
}

test("envelopes are dealt out evenly and come back in their order, with progress over all", async () => {
  const dealt: number[] = [];
  const open = await new Openers(() => opener(dealt), 3).with(seeds);
  const steps: number[] = [];
  const ask = { parcel: encodeParcel(envelopes), ids };
  const { opened } = await openParcel(ask, open, (done) => steps.push(done));
  expect(dealt).toEqual([3, 2, 2]);
  expect(opened.map(({ id }) => id)).toEqual(ids);
  expect(opened.map(({ report }) => report?.answers.note)).toEqual(ids.map((_, at) => noteOf(at)));
  expect(steps.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test("where no opener can be started the vault opens by itself", async () => {
  const open = await new Openers(() => opener([], true), 2).with(seeds);
  const read = await open(envelopes, () => undefined);
  expect(read.map(({ report }) => report?.answers.note)).toEqual(ids.map((_, at) => noteOf(at)));
});

test("a computer with one core has no room for openers, a large one for four", () => {
  expect([1, 2, 4, 32].map(openersHere)).toEqual([0, 2, 4, 4]);
});
