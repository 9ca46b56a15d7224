/** Taking a case out: everything is fetched and opened here, recorded by the server, and locked before it leaves. */
import type { Bytes } from "../../shared/bytes.ts";
import { type Access, exportCase, fetchParcel, fetchVersions, Problem } from "../api.ts";
import { followUpOf } from "../followups.ts";
import { readNotes } from "../notes.ts";
import { isReadable, mailboxesOf, type Row } from "../queue.ts";
import type { Session } from "../session.ts";
import { type Threads, threadOf } from "../thread.ts";
import { fetchHeld, type Held, MOST_LETTERS } from "../useLetters.ts";
import type { Case, Since, Taken } from "./archive.ts";
import type { Candidate } from "./choice.ts";
import { type Lock, Packer } from "./packing.ts";

/** So many envelopes of the largest class fit into a parcel. */
const AT_ONCE = 50;

export interface Wishes {
  readonly lock: Lock;
  readonly reason: string;
  readonly withLetters: boolean;
  readonly withNotes: boolean;
}

/** What is to be taken, of all that there is, and when and by which build. */
export interface Plan extends Pick<Case, "day" | "build" | "left"> {
  readonly chosen: readonly Candidate[];
  readonly threads: Threads;
}

const parts = <T>(all: readonly T[], most: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / most) }, (_, at) =>
    all.slice(at * most, (at + 1) * most),
  );

async function fetchParcels(access: Access, ids: readonly string[]): Promise<Bytes[]> {
  const parcels: Bytes[] = [];
  for (const part of parts(ids, AT_ONCE)) parcels.push(await fetchParcel(access, part));
  return parcels;
}

/** The letters of these reports' senders, by mailbox. */
async function fetchAllLetters(session: Session, rows: readonly Row[]): Promise<Map<string, Held>> {
  const held = new Map<string, Held>();
  for (const part of parts(mailboxesOf(rows), MOST_LETTERS))
    for (const [id, each] of await fetchHeld(session, part)) held.set(id, each);
  return held;
}

function sinceOf(threads: Threads, row: Row | undefined): readonly Since[] {
  if (!row || !isReadable(row)) return [];
  return threadOf(threads, row).followUps.flatMap((each) => {
    const what = followUpOf(each.opened.report);
    const { id, day } = each.envelope;
    return what && id !== row.envelope.id ? [{ what, day, id }] : [];
  });
}

/** What is written of a report now. Problem `conflict` when a colleague decided since the member chose it. */
async function writtenOf(session: Session, { report, row }: Candidate, withNotes: boolean) {
  const { id, version } = report.envelope;
  const { assessments, notes } = await fetchVersions(session.access, id);
  if (assessments.length !== version) throw new Problem("conflict");
  if (!withNotes) return { assessments, notes: null };
  return { assessments, notes: row ? await readNotes(session, row, notes) : [] };
}

async function gather(session: Session, plan: Plan, wishes: Wishes): Promise<Taken[]> {
  const rows = plan.chosen.flatMap(({ row }) => row ?? []);
  const letters = wishes.withLetters ? await fetchAllLetters(session, rows) : new Map();
  const taken: Taken[] = [];
  for (const candidate of plan.chosen) {
    const held: Held | undefined = letters.get(candidate.row?.opened.report?.mailbox);
    taken.push({
      candidate,
      since: sinceOf(plan.threads, candidate.row),
      ...(await writtenOf(session, candidate, wishes.withNotes)),
      letter: held && held.version > 0 ? held.letter : null,
    });
  }
  return taken;
}

async function pack(packer: Packer, session: Session, plan: Plan, wishes: Wishes): Promise<Bytes> {
  if (!(await packer.lock(wishes.lock))) throw new Problem("recipient");
  const { access, member } = session;
  const { day, build, left, chosen } = plan;
  const { reason } = wishes;
  const ids = chosen.map(({ report }) => report.envelope.id);
  const taken = await gather(session, plan, wishes);
  const parcels = await fetchParcels(access, ids);
  const custody = await exportCase(access, ids);
  const made = { day, build, left, reason, by: member.name, taken, custody };
  return packer.pack({ made, parcels });
}

/**
 * The archive, encrypted. Throws Problem (`recipient` for what is no key, `conflict` when it is to be chosen again), VaultRefusal, PackerFailed. Whatever fails after
 * the server has recorded the act leaves it recorded.
 */
export async function takeOut(session: Session, plan: Plan, wishes: Wishes): Promise<Bytes> {
  const packer = new Packer();
  try {
    return await pack(packer, session, plan, wishes);
  } finally {
    packer.close();
  }
}
