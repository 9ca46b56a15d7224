/**
 * Rejecting several reports as spam at once. They leave the list at once and are rejected some seconds later, so that it
 * can be undone without a trace; a window that is closed before has rejected nothing.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { fetchVersions, Problem, saveAssessment } from "./api.ts";
import { codeOf } from "./problems.ts";
import { standingOf } from "./queue.ts";
import type { Session } from "./session.ts";
import type { Queue } from "./useQueue.ts";

/** Milliseconds in which it can be undone. */
const UNDO_MS = 10_000;
const SPAM = { decision: "reject_spam" } as const;

export interface Sweep {
  /** The envelopes that are chosen; null while nobody chooses. */
  readonly chosen: ReadonlySet<string> | null;
  /** Those that are rejected in a moment, or just now. */
  readonly going: ReadonlySet<string>;
  readonly problem: string | null;
  /** Begins to choose, or ends it. */
  readonly choose: (on: boolean) => void;
  readonly toggle: (id: string) => void;
  readonly reject: () => void;
  /** Null once it is too late. */
  readonly undo: (() => void) | null;
}

const NONE: ReadonlySet<string> = new Set();

function toggled(chosen: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** Rejects a report that nobody has assessed; one that a colleague was faster with stays as it was decided. */
async function rejectOne({ access }: Session, queue: Queue, id: string): Promise<void> {
  try {
    queue.saved(id, standingOf([await saveAssessment(access, id, 0, SPAM)]));
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "conflict") throw error;
    queue.saved(id, standingOf((await fetchVersions(access, id)).assessments));
  }
}

export function useSweep(session: Session, queue: Queue): Sweep {
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const [going, setGoing] = useState(NONE);
  const [canUndo, setCanUndo] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  async function work(ids: ReadonlySet<string>) {
    setCanUndo(false);
    try {
      for (const id of ids) await rejectOne(session, queue, id);
    } catch (error) {
      setProblem(codeOf(error));
    }
    setGoing(NONE);
  }

  function reject() {
    if (!chosen || chosen.size === 0 || going.size > 0) return;
    setProblem(null);
    setGoing(chosen);
    setChosen(null);
    setCanUndo(true);
    timer.current = setTimeout(() => void work(chosen), UNDO_MS);
  }

  function undo() {
    clearTimeout(timer.current);
    setCanUndo(false);
    setChosen(going);
    setGoing(NONE);
  }

  return {
    chosen,
    going,
    problem,
    choose: (on) => setChosen(on ? NONE : null),
    toggle: (id) => setChosen((now) => now && toggled(now, id)),
    reject,
    undo: canUndo ? undo : null,
  };
}
