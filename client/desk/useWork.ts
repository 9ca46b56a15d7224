/** One thing at a time that may fail: whether it goes on, and the code of why it failed. */
import { useState } from "preact/hooks";
import { codeOf } from "./problems.ts";

export interface Work {
  readonly busy: boolean;
  readonly problem: string | null;
  /** Starts it, unless something goes on already. */
  readonly run: (work: () => Promise<void>) => Promise<void>;
}

export function useWork(): Work {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function run(work: () => Promise<void>) {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(codeOf(error));
    }
    setBusy(false);
  }
  return { busy, problem, run };
}
