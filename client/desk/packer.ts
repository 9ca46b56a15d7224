/**
 * The packer: a worker that makes the archive of a case, a zip inside an age file (docs/CASES.md). It holds what reports
 * say, in the open, for as long as that takes; it speaks to nobody but the page and ends with the archive.
 */
import { Encrypter } from "age-encryption";
import { zipSync } from "fflate";
import { type Bytes, toHex, utf8 } from "../shared/bytes.ts";
import { envelopeId } from "../shared/envelope.ts";
import { parseParcel } from "../shared/parcel.ts";
import { sha256 } from "../shared/primitives.ts";
import { envelopesOf, filesOf } from "./case/archive.ts";
import type { Ask, Contents, Lock, Reply } from "./case/packing.ts";

/**
 * 2^15 × 1 KiB = 32 MiB, for a phone as well. The passphrase is drawn by chance, so nobody guesses it however quick a
 * guess is.
 */
const WORK_FACTOR = 15;
const SUMS = "SHA256SUMS";

const encrypter = new Encrypter();

function lock(given: Lock): boolean {
  encrypter.setScryptWorkFactor(WORK_FACTOR);
  try {
    if ("passphrase" in given) encrypter.setPassphrase(given.passphrase);
    else encrypter.addRecipient(given.recipient);
    return true;
  } catch {
    return false;
  }
}

/** The envelopes of parcels that have a place in the archive. */
async function envelopesIn(parcels: readonly Bytes[], paths: ReadonlyMap<string, string>) {
  const bodies = parcels.flatMap(parseParcel).flatMap((each) => ("body" in each ? each.body : []));
  const placed = bodies.map(async (body) => {
    const path = paths.get(toHex(await envelopeId(body)));
    return path === undefined ? [] : [[path, body] as const];
  });
  return (await Promise.all(placed)).flat();
}

/** As `sha256sum` writes them and checks them. */
async function sumsOf(files: readonly (readonly [path: string, body: Bytes])[]): Promise<Bytes> {
  const lines = files.map(async ([path, body]) => `${toHex(await sha256(body))}  ${path}\n`);
  return utf8((await Promise.all(lines)).join(""));
}

async function pack({ made, parcels }: Contents): Promise<Bytes> {
  const texts = [...filesOf(made)].map(([path, text]) => [path, utf8(text)] as const);
  const all = [...texts, ...(await envelopesIn(parcels, envelopesOf(made)))];
  const named = Object.fromEntries([...all, [SUMS, await sumsOf(all)]]);
  return (await encrypter.encrypt(zipSync(named, { mtime: `${made.day}T12:00:00` }))) as Bytes;
}

const perform = async (ask: Ask): Promise<Reply> =>
  "lock" in ask ? { isLocked: lock(ask.lock) } : { archive: await pack(ask.contents) };

addEventListener("message", ({ data }: MessageEvent<Ask>) => {
  perform(data).then(
    (reply) => postMessage(reply),
    () => postMessage({ isBroken: true } satisfies Reply),
  );
});
