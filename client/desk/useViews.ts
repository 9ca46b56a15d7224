/** The views that the member keeps: at the server, sealed; read and written anew with each change. */
import { useEffect, useState } from "preact/hooks";
import { fetchViews, Problem, putViews } from "./api.ts";
import { codeOf } from "./problems.ts";
import type { Session } from "./session.ts";
import { readViews, type View, withoutView, withView, writeViews } from "./views.ts";

/** Another window of the member's may write at the same moment, but not for ever. */
const TRIES = 3;

type Change = (views: readonly View[]) => View[];

async function fetchKept({ access, vault }: Session) {
  const { version, sealed } = await fetchViews(access);
  if (sealed === null) return { version, views: [] };
  const { text } = await vault.ask("readViews", { sealed });
  return { version, views: readViews(text) };
}

async function put(session: Session, change: Change, tries = TRIES): Promise<View[]> {
  const { version, views } = await fetchKept(session);
  const changed = change(views);
  const { sealed } = await session.vault.ask("sealViews", { text: writeViews(changed) });
  try {
    await putViews(session.access, version, sealed);
  } catch (error) {
    const isLate = error instanceof Problem && error.code === "conflict";
    if (!isLate || tries === 1) throw error;
    return put(session, change, tries - 1);
  }
  return changed;
}

export interface Views {
  readonly views: readonly View[];
  readonly problem: string | null;
  /** Keeps a view; true once it is kept. */
  readonly keep: (view: View) => Promise<boolean>;
  readonly remove: (name: string) => Promise<boolean>;
}

export function useViews(session: Session): Views {
  const [views, setViews] = useState<readonly View[]>([]);
  const [problem, setProblem] = useState<string | null>(null);

  async function work(step: () => Promise<readonly View[]>): Promise<boolean> {
    setProblem(null);
    try {
      setViews(await step());
      return true;
    } catch (error) {
      setProblem(codeOf(error));
      return false;
    }
  }

  useEffect(() => {
    if (session.readsReports) void work(async () => (await fetchKept(session)).views);
  }, [session]);

  return {
    views,
    problem,
    keep: (view) => work(() => put(session, (kept) => withView(kept, view))),
    remove: (name) => work(() => put(session, (kept) => withoutView(kept, name))),
  };
}
