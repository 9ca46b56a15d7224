/** A case in the making: which events and reports, whether it is known what their senders said since, and the file. */
import { useEffect, useState } from "preact/hooks";
import type { CaseReport } from "./answers.ts";
import { fetchCase } from "./api.ts";
import { build } from "./build.ts";
import { type Candidate, candidatesOf, isTicked, type Ticks, tickOf } from "./case/choice.ts";
import { drawPassphrase } from "./case/passphrase.ts";
import { takeOut, type Wishes } from "./case/take.ts";
import { today } from "./clock.ts";
import { download } from "./download.ts";
import { codeOf } from "./problems.ts";
import type { Session } from "./session.ts";
import type { Queue } from "./useQueue.ts";

/** As many as the server lets out at once. */
export const MOST_REPORTS = 200;

export interface Chosen {
  readonly events: ReadonlyMap<string, readonly CaseReport[]>;
  readonly candidates: readonly Candidate[];
  readonly ticks: Ticks;
  readonly busy: boolean;
  readonly problem: string | null;
  readonly add: (event: string) => void;
  readonly drop: (event: string) => void;
  readonly tick: (candidate: Candidate, isTicked: boolean) => void;
}

/** The events of a case, from a first one on, and what is ticked of their reports. */
export function useChosen({ access }: Session, queue: Queue, first: string): Chosen {
  const [events, setEvents] = useState<Chosen["events"]>(new Map());
  const [ticks, setTicks] = useState<Ticks>(new Map());
  const [busy, setBusy] = useState(true);
  const [problem, setProblem] = useState<string | null>(null);
  async function add(event: string) {
    setBusy(true);
    setProblem(null);
    try {
      const reports = await fetchCase(access, event);
      await queue.open(reports.map(({ envelope }) => envelope));
      setEvents((old) => new Map([...old, [event, reports]]));
    } catch (error) {
      setProblem(codeOf(error));
    }
    setBusy(false);
  }
  useEffect(() => void add(first), []);
  return {
    events,
    candidates: candidatesOf(events, queue.seen, queue.threads),
    ticks,
    busy,
    problem,
    add: (event) => void add(event),
    drop: (event) => setEvents((old) => new Map([...old].filter(([each]) => each !== event))),
    tick: (candidate, isOn) => setTicks((old) => new Map([...old, [tickOf(candidate), isOn]])),
  };
}

/**
 * Looks among all reports for what senders said since, once: a report that its sender took back must not go out unseen.
 * True when that is known, or when no sender of these reports can say anything.
 */
export function useSaidSince(queue: Queue, candidates: readonly Candidate[]): boolean {
  const [asked, setAsked] = useState(false);
  const canSay = candidates.some(({ row }) => row?.opened.report?.mailbox);
  const { busy, problem, search } = queue;
  useEffect(() => {
    if (!canSay || asked || busy !== null) return;
    setAsked(true);
    search(() => false);
  }, [canSay, asked, busy]);
  return !canSay || (asked && busy === null && problem === null);
}

/** What was made: the passphrase to show, null where the file is for a key. */
export interface Made {
  readonly passphrase: string | null;
}

export type Locking = "passphrase" | "recipient";

/** How the member wants it; `recipient` counts only where that is the locking. */
export interface Wanted extends Omit<Wishes, "lock"> {
  readonly locking: Locking;
  readonly recipient: string;
}

export const NOTHING_WANTED: Wanted = {
  locking: "passphrase",
  recipient: "",
  reason: "",
  withLetters: true,
  withNotes: false,
};

const draw = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));

const parted = ({ candidates, ticks }: Chosen) => ({
  chosen: candidates.filter((each) => isTicked(ticks, each)),
  left: candidates.filter((each) => !isTicked(ticks, each)),
});

const passphraseFor = (locking: Locking): string | null =>
  locking === "passphrase" ? drawPassphrase(draw) : null;

/** Makes the file and hands it to the browser's downloads. */
export function useMaking(session: Session, queue: Queue, chosen: Chosen) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [made, setMade] = useState<Made | null>(null);
  /** What was chosen has changed meanwhile: it is looked at anew. */
  function stop(code: string) {
    setProblem(code);
    if (code === "conflict") for (const event of chosen.events.keys()) chosen.add(event);
  }
  async function make({ locking, recipient, ...wanted }: Wanted) {
    setBusy(true);
    setProblem(null);
    setMade(null);
    const passphrase = passphraseFor(locking);
    const lock = passphrase === null ? { recipient: recipient.trim() } : { passphrase };
    const day = today();
    try {
      const plan = { day, build: build(), threads: queue.threads, ...parted(chosen) };
      const archive = await takeOut(session, plan, { ...wanted, lock });
      download(new Blob([archive]), `amana-case-${day}.zip.age`);
      setMade({ passphrase });
    } catch (error) {
      stop(codeOf(error));
    }
    setBusy(false);
  }
  return { busy, problem, made, make };
}
