/**
 * The browser's half of tests/e2e/test_interop.py: reads `{"task", ...arguments}` as JSON, writes the answer as JSON.
 * Bytes are hexadecimal.
 */
import { stdin, stdout } from "node:process";
import { text } from "node:stream/consumers";
import vocabulary from "virtual:vocabulary-report";
import { fromHex, fromUtf8, toHex, utf8 } from "../../../client/shared/bytes.ts";
import { envelopeId, openEnvelope, sealReport } from "../../../client/shared/envelope.ts";
import { kid, publicKey } from "../../../client/shared/keys.ts";
import { sealingKey, verifyKeySet } from "../../../client/shared/keyset.ts";
import { grant, openGrant, unwrapSeed, wrapSeed } from "../../../client/shared/members.ts";
import { encodeParcel, parseParcel } from "../../../client/shared/parcel.ts";
import { acknowledges, verifyReceipt } from "../../../client/shared/receipt.ts";
import { encodeReport, parseReport } from "../../../client/shared/report.ts";

type Strings = Readonly<Record<string, string>>;
type Task = (given: Strings) => Promise<unknown>;

/** `reports`: one report's JSON a line; sealed to a seed's key, in one parcel. */
const seal: Task = async ({ seed = "", reports = "" }) => {
  const desk = await publicKey(fromHex(seed));
  const encoded = reports
    .split("\n")
    .map((line) => encodeReport(parseReport(utf8(line), vocabulary)));
  const envelopes = await Promise.all(encoded.map((report) => sealReport(report, desk)));
  return toHex(encodeParcel(envelopes));
};

/** The reports' texts in a parcel sealed to a seed's key. */
const open: Task = async ({ seed = "", parcel = "" }) => {
  const secret = fromHex(seed);
  const seeds = new Map([[toHex(await kid(await publicKey(secret))), secret]]);
  const reports = parseParcel(fromHex(parcel)).map(async (record) => {
    if ("error" in record) return record;
    const report = await openEnvelope(record.body, seeds);
    parseReport(report, vocabulary);
    return fromUtf8(report);
  });
  return Promise.all(reports);
};

/** Which of two parcels' envelopes a receipt lets a phone delete, under a key set and its root print. */
const receipt: Task = async ({ jws = "", root = "", receipt: signed = "", parcel = "" }) => {
  const keySet = await verifyKeySet(jws, root);
  const verified = await verifyReceipt(signed, keySet);
  const deletes = parseParcel(fromHex(parcel)).map(
    async (record) =>
      "body" in record &&
      acknowledges(verified, toHex(await envelopeId(record.body)), record.body.length),
  );
  return { org: keySet.org, kid: sealingKey(keySet).kid, deletes: await Promise.all(deletes) };
};

/** A member's seed wrapped here and a grant made here. */
const admit: Task = async ({ member = "", wrap = "", nonce = "", seed = "" }) => {
  const [memberSeed, deskSeed] = [fromHex(member), fromHex(seed)];
  const name = await kid(await publicKey(deskSeed));
  return {
    wrapped: toHex(await wrapSeed(memberSeed, fromHex(wrap), fromHex(nonce))),
    grant: toHex(await grant(deskSeed, name, await publicKey(memberSeed))),
  };
};

/** The desk seed that a member reaches through a wrapped seed and a grant made elsewhere. */
const unlock: Task = async ({
  wrapped = "",
  wrap = "",
  member = "",
  sealed = "",
  kid: name = "",
}) => {
  const seed = await unwrapSeed(fromHex(wrapped), fromHex(wrap), fromHex(member));
  return toHex(await openGrant(fromHex(sealed), fromHex(name), seed));
};

const TASKS: Readonly<Record<string, Task>> = { seal, open, receipt, admit, unlock };

const { task, ...given } = JSON.parse(await text(stdin));
stdout.write(JSON.stringify(await TASKS[task]?.(given)));
