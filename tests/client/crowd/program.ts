/**
 * Many phones in one process, for tests/e2e/test_return.py. Each has a key ring, an outbox that stores nothing, a
 * sealed report and a sender, and all begin to send at the same moment.
 *
 * Reads `{"origin", "root", "phones"}` as JSON and ends when every phone has its receipt; then writes
 * `{"sealed", "tries"}`: envelopes in hexadecimal, and of each try whose it was, when it began and was answered, in
 * seconds, and how.
 */
import { exit, stdin, stdout } from "node:process";
import { text } from "node:stream/consumers";
import { clock, pause } from "../../../client/report/clock.ts";
import { KeyRing } from "../../../client/report/keys.ts";
import { Outbox } from "../../../client/report/outbox.ts";
import { Sender } from "../../../client/report/sender.ts";
import { type Bytes, equalBytes, toHex } from "../../../client/shared/bytes.ts";
import { envelopeId, sealReport } from "../../../client/shared/envelope.ts";
import { sealingKey } from "../../../client/shared/keyset.ts";
import { parseParcel } from "../../../client/shared/parcel.ts";
import { encodeReport } from "../../../client/shared/report.ts";
import { newPage } from "../report/page.ts";

type Try = { phone: number; begun: number; answered: number; status: number };

const REPORT = encodeReport({ v: 1, kind: "safety", lang: "ar", app: "crowd", answers: {} });
const LOOK = 50;

const { origin, root, phones } = JSON.parse(await text(stdin));
const sealed: Bytes[] = [];
const tries: Try[] = [];
const network = globalThis.fetch;
const seconds = (): number => clock.ticks() / 1000;

/** Whose the only envelope in a parcel is. */
function whose(parcel: Bytes): number {
  const [record] = parseParcel(parcel);
  if (!record || "error" in record) throw new Error("not a parcel of one");
  return sealed.findIndex((envelope) => equalBytes(envelope, record.body));
}

/** What a page's fetch does: an address without an origin is the page's own. */
async function fetchAsPage(url: string, init: RequestInit): Promise<Response> {
  const begun = seconds();
  const answer = await network(new URL(url, origin), init);
  if (init.body) {
    const phone = whose(init.body as Bytes);
    tries.push({ phone, begun, answered: seconds(), status: answer.status });
  }
  return answer;
}

async function phone(): Promise<Sender> {
  const outbox = new Outbox();
  const keys = new KeyRing({ link: null, page: root });
  await keys.load();
  await keys.refresh();
  if (!keys.set) throw new Error("no key set");
  const envelope = await sealReport(REPORT, sealingKey(keys.set).pub);
  sealed.push(envelope);
  await outbox.put(toHex(await envelopeId(envelope)), envelope);
  return new Sender(outbox, keys, clock, () => undefined);
}

Object.assign(globalThis, {
  fetch: fetchAsPage,
  location: { origin },
  document: newPage(),
});
const senders: Sender[] = [];
while (senders.length < phones) senders.push(await phone());
await Promise.all(senders.map((sender) => sender.nudge()));
while (!senders.every(({ received }) => received.length > 0)) await pause(LOOK);
// What cannot store goes on trying to: nothing else would end this.
stdout.write(JSON.stringify({ sealed: sealed.map(toHex), tries }), () => exit());
