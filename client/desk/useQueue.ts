/** The queue's life on the screen: pages from the server, parcels through the vault, rows to show. */
import { useMemo, useRef, useState } from "preact/hooks";
import { type Asked, fetchParcel, fetchQueue } from "./api.ts";
import { ANY, isAny } from "./choice.ts";
import { now } from "./clock.ts";
import { codeOf } from "./problems.ts";
import {
  appended,
  type Row,
  rowsOf,
  type Seen,
  type Standing,
  seenWith,
  unknownIn,
  withStanding,
} from "./queue.ts";
import type { Session } from "./session.ts";
import { type Threads, threadsIn } from "./thread.ts";
import { useLooking } from "./useLooking.ts";

/** A page: small enough that its envelopes, all of the largest class, fit into one parcel of 1 MiB. */
const PAGE = 50;
/** Milliseconds between two changes of the screen while a long queue is being opened. */
const DRAW_MS = 250;

const EVERYTHING: Asked = { state: "all", choice: ANY };

/** What the queue is doing: nothing, waiting for bytes, or opening so many of so many. */
export type Busy = null | { readonly done: number; readonly total: number };

interface Loaded extends Asked {
  readonly rows: readonly Row[];
  readonly next: string | null;
  /** False until the first page has come. */
  readonly ready: boolean;
  /** How many have arrived since the queue was loaded. */
  readonly arrived: number;
}

const NOTHING: Loaded = {
  state: "waiting",
  choice: ANY,
  rows: [],
  next: null,
  ready: false,
  arrived: 0,
};

export interface Queue extends Loaded {
  /** Every report that was opened in this window, whatever is shown now. */
  readonly seen: Seen;
  readonly threads: Threads;
  readonly busy: Busy;
  readonly problem: string | null;
  /** Loads what is asked for from the start: of what waits all, of the rest a page full. */
  readonly load: (asked: Asked) => void;
  /** Loads what lies behind the last page. */
  readonly more: () => void;
  /** Opens everything that the server holds, newest first, until `found` says that it is enough. */
  readonly search: (found: (threads: Threads) => boolean) => void;
  /** Opens these as well, those that were not opened yet in this window. */
  readonly open: (envelopes: readonly Row["envelope"][]) => Promise<void>;
  /** Tells the queue that a report was assessed here. */
  readonly saved: (id: string, standing: Standing) => void;
}

type Progress = (done: number, total: number) => void;

/** A piece of work. `isLatest` is false once something else was asked for: then the screen is no longer its to change. */
interface Turn {
  readonly isLatest: () => boolean;
  readonly progress: Progress;
}

/** The rows of envelopes, opened. */
async function openRows(
  { access, vault }: Session,
  envelopes: readonly Row["envelope"][],
  progress: Progress,
): Promise<Row[]> {
  if (envelopes.length === 0) return [];
  const ids = envelopes.map(({ id }) => id);
  const parcel = await fetchParcel(access, ids);
  const { opened } = await vault.ask("open", { parcel, ids }, progress);
  return rowsOf(envelopes, opened);
}

/** One page of the queue with its envelopes opened; `total` is how many there are in all, told with the first page. */
async function fetchPage(
  session: Session,
  asked: Asked,
  before: string | null,
  progress: (done: number, total: number | null) => void,
) {
  const page = { before, limit: PAGE, count: before === null };
  const { envelopes, next, total } = await fetchQueue(session.access, asked, page);
  progress(0, total);
  const rows = await openRows(session, envelopes, (done) => progress(done, total));
  return { rows, next };
}

/** One piece of work at a time, as far as the screen is concerned: what was asked for last may change it. */
function useWork() {
  const [busy, setBusy] = useState<Busy>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const latest = useRef(0);

  async function work(step: (turn: Turn) => Promise<void>) {
    const number = ++latest.current;
    const isLatest = () => number === latest.current;
    let shown = 0;
    const progress: Progress = (done, total) => {
      if (!isLatest() || now() - shown < DRAW_MS) return;
      shown = now();
      setBusy({ done, total });
    };
    setProblem(null);
    setBusy({ done: 0, total: 0 });
    try {
      await step({ isLatest, progress });
    } catch (error) {
      const code = codeOf(error);
      if (isLatest()) setProblem(code);
    }
    if (isLatest()) setBusy(null);
  }

  return { busy, problem, work };
}

/** What has been opened is shown at most every DRAW_MS: each time costs as much as the queue is long. The last part is shown at once. */
function unhurried(show: (rows: readonly Row[], next: string | null) => void) {
  let waiting: Row[] = [];
  let shown = 0;
  return (rows: readonly Row[], next: string | null, isLast: boolean): void => {
    waiting.push(...rows);
    if (!isLast && next !== null && now() - shown < DRAW_MS) return;
    show(waiting, next);
    waiting = [];
    shown = now();
  };
}

/** Every row that was opened in this window. */
function useSeen(session: Session) {
  const [seen, setSeen] = useState<Seen>(new Map());
  const threads = useMemo(() => threadsIn(seen.values()), [seen]);
  const keep = (rows: readonly Row[]) => setSeen((old) => seenWith(old, rows));

  const saved = (id: string, standing: Standing) =>
    setSeen((old) => seenWith(old, withStanding([...old.values()], id, standing)));

  /**
   * Opens page after page behind `before` and hands each to `take`, until that has enough or the end has come. `known`
   * are opened already.
   */
  async function read(
    from: { readonly asked: Asked; readonly before: string | null; readonly known: number },
    { isLatest, progress }: Turn,
    take: (rows: readonly Row[], next: string | null) => boolean,
  ) {
    let { before, known } = from;
    let whole = 0;
    for (;;) {
      const page = await fetchPage(session, from.asked, before, (done, total) => {
        whole = Math.max(total ?? whole, known + done);
        progress(known + done, whole);
      });
      known += page.rows.length;
      before = page.next;
      if (!isLatest() || take(page.rows, before) || before === null) return;
    }
  }

  /** Opens everything until `found`, or the end. */
  async function search(found: (threads: Threads) => boolean, turn: Turn) {
    let all = seen;
    const show = unhurried(keep);
    await read({ asked: EVERYTHING, before: null, known: 0 }, turn, (rows, next) => {
      all = seenWith(all, rows);
      const isFound = found(threadsIn(all.values()));
      show(rows, next, isFound);
      return isFound;
    });
  }

  /** Opens envelopes beside whatever else is done; `keep` takes them page by page. */
  async function open(envelopes: readonly Row["envelope"][]) {
    const unopened = envelopes.filter(({ id }) => !seen.has(id));
    for (let at = 0; at < unopened.length; at += PAGE)
      keep(await openRows(session, unopened.slice(at, at + PAGE), () => undefined));
  }

  return { seen, threads, keep, read, saved, search, open };
}

/** Those of the newest that are not among the rows yet, newest first. */
async function fetchArrived({ access }: Session, { rows, ...asked }: Loaded) {
  const arrived: Row["envelope"][] = [];
  let before: string | null = null;
  for (;;) {
    const page = await fetchQueue(access, asked, { before, limit: PAGE, count: false });
    const unknown = unknownIn(rows, page.envelopes);
    arrived.push(...unknown);
    before = page.next;
    if (before === null || unknown.length < page.envelopes.length) return arrived;
  }
}

/** Opens what has arrived meanwhile, newest last, and says nothing of it when the network does not let it. */
function useArrivals(
  session: Session,
  loaded: Loaded,
  isFree: boolean,
  take: (rows: readonly Row[]) => void,
): void {
  const looking = useRef(false);
  async function look() {
    if (looking.current || !isFree || !loaded.ready) return;
    looking.current = true;
    try {
      const arrived = await fetchArrived(session, loaded);
      for (let end = arrived.length; end > 0; end -= PAGE) {
        const part = arrived.slice(Math.max(0, end - PAGE), end);
        take(await openRows(session, part, () => undefined));
      }
    } catch {
      // The next look finds them.
    } finally {
      looking.current = false;
    }
  }
  useLooking(() => void look());
}

export function useQueue(session: Session): Queue {
  const [loaded, setLoaded] = useState(NOTHING);
  const { busy, problem, work } = useWork();
  const { seen, threads, keep, read, saved, search, open } = useSeen(session);

  const run = (asked: Asked, before: string | null, kept: readonly Row[]) =>
    work(async (turn) => {
      if (before === null) setLoaded(({ ready }) => ({ ...NOTHING, ...asked, ready }));
      const show = unhurried((rows, next) => {
        keep(rows);
        setLoaded((old) => ({ ...old, rows: appended(old.rows, rows), next, ready: true }));
      });
      let count = 0;
      await read({ asked, before, known: kept.length }, turn, (rows, next) => {
        count += rows.length;
        const isEnough = asked.state !== "waiting" && count >= PAGE;
        show(rows, next, isEnough);
        return isEnough;
      });
    });

  const isFree = busy === null && problem === null && isAny(loaded.choice);
  useArrivals(session, loaded, isFree, (rows) => {
    keep(rows);
    setLoaded((old) => {
      if (old.state !== loaded.state || old.choice !== loaded.choice) return old;
      const added = appended(rows, old.rows);
      return { ...old, rows: added, arrived: old.arrived + added.length - old.rows.length };
    });
  });

  return {
    ...loaded,
    busy,
    problem,
    seen,
    threads,
    load: (asked) => void run(asked, null, []),
    more: () => {
      const { state, choice, next, rows } = loaded;
      void run({ state, choice }, next, rows);
    },
    search: (found) => void work((turn) => search(found, turn)),
    open,
    saved: (id, standing) => {
      setLoaded((old) => ({ ...old, rows: withStanding(old.rows, id, standing) }));
      saved(id, standing);
    },
  };
}
