/** The queue's life on the screen: pages from the server, parcels through the vault, rows to show. */
import { useRef, useState } from "preact/hooks";
import { fetchParcel, fetchQueue, type QueueState } from "./api.ts";
import { codeOf } from "./problems.ts";
import { appended, type Row, rowsOf, withVersion } from "./queue.ts";
import type { Session } from "./session.ts";

/** A page: small enough that its envelopes, all of the largest class, fit into one parcel of 1 MiB. */
const PAGE = 50;

/** What the queue is doing: nothing, waiting for bytes, or opening so many of so many. */
export type Busy = null | { readonly done: number; readonly total: number };

interface Loaded {
  readonly state: QueueState;
  readonly rows: readonly Row[];
  readonly next: string | null;
  /** False until the first page has come. */
  readonly ready: boolean;
}

const NOTHING: Loaded = { state: "waiting", rows: [], next: null, ready: false };

export interface Queue extends Loaded {
  readonly busy: Busy;
  readonly problem: string | null;
  /** Loads a state from its first page. */
  readonly load: (state: QueueState) => void;
  /** Loads the page behind the last one. */
  readonly more: () => void;
  /** Tells the queue that a report was assessed here. */
  readonly saved: (id: string, version: number) => void;
}

type Progress = (done: number, total: number) => void;

/** One page of the queue with its envelopes opened. */
async function fetchPage(
  { access, vault }: Session,
  state: QueueState,
  before: string | null,
  progress: Progress,
) {
  const { envelopes, next } = await fetchQueue(access, state, before, PAGE);
  progress(0, envelopes.length);
  if (envelopes.length === 0) return { rows: [], next };
  const ids = envelopes.map(({ id }) => id);
  const parcel = await fetchParcel(access, ids);
  const { opened } = await vault.ask("open", { parcel, ids }, progress);
  return { rows: rowsOf(envelopes, opened), next };
}

export function useQueue(session: Session): Queue {
  const [loaded, setLoaded] = useState(NOTHING);
  const [busy, setBusy] = useState<Busy>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const latest = useRef(0);

  /** Only the page that was asked for last may change the screen. */
  async function run(state: QueueState, before: string | null, kept: readonly Row[]) {
    const turn = ++latest.current;
    const show = (change: () => void) => turn === latest.current && change();
    setProblem(null);
    setBusy({ done: 0, total: 0 });
    if (before === null) setLoaded(({ ready }) => ({ ...NOTHING, state, ready }));
    try {
      const page = await fetchPage(session, state, before, (done, total) =>
        show(() => setBusy({ done, total })),
      );
      const rows = appended(kept, page.rows);
      show(() => setLoaded({ state, rows, next: page.next, ready: true }));
    } catch (error) {
      const code = codeOf(error);
      show(() => setProblem(code));
    }
    show(() => setBusy(null));
  }

  return {
    ...loaded,
    busy,
    problem,
    load: (state) => void run(state, null, []),
    more: () => void run(loaded.state, loaded.next, loaded.rows),
    saved: (id, version) =>
      setLoaded((old) => ({ ...old, rows: withVersion(old.rows, id, version) })),
  };
}
