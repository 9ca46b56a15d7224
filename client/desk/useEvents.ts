/** What members have found to have happened: all events, and one with its reports. */
import { createContext } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { DeskEvent, EventReport } from "./answers.ts";
import { fetchAllEvents, fetchEvent, fetchVersions } from "./api.ts";
import { codeOf } from "./problems.ts";
import type { Session } from "./session.ts";
import type { Queue } from "./useQueue.ts";

/** The server tells of no more than these, and of one event no more reports. */
export const MOST_EVENTS = 1000;
export const MOST_REPORTS = 200;

/** Something that is fetched: null until it has come. */
interface Fetched<T> {
  readonly value: T | null;
  readonly problem: string | null;
  readonly load: () => void;
}

/** Fetches when asked; what came before stays until then. */
function useFetched<T>(fetch: () => Promise<T>): Fetched<T> {
  const [value, setValue] = useState<T | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  function load() {
    setProblem(null);
    fetch().then(setValue, (error) => setProblem(codeOf(error)));
  }
  return { value, problem, load };
}

export type Events = Fetched<readonly DeskEvent[]>;

export const useEvents = ({ access }: Session): Events => useFetched(() => fetchAllEvents(access));

/** The reports of an event, and whether those of them that were not opened in this window yet are being opened. */
export function useEvent({ access }: Session, queue: Queue, id: string) {
  const event = useFetched<readonly EventReport[]>(() => fetchEvent(access, id));
  const [isOpening, setOpening] = useState(true);
  const [problem, setProblem] = useState<string | null>(null);
  async function open(reports: readonly EventReport[]) {
    setProblem(null);
    setOpening(true);
    await queue
      .open(reports.map(({ envelope }) => envelope))
      .catch((error: unknown) => setProblem(codeOf(error)));
    setOpening(false);
  }
  useEffect(event.load, []);
  useEffect(() => {
    if (event.value) void open(event.value);
  }, [event.value]);
  return { ...event, isOpening, problem: event.problem ?? problem };
}

/** Ways to an event, from wherever one is named. */
export interface EventWays {
  readonly open: (event: string) => void;
  /** Opens the event of an assessed report; false when it has none. */
  readonly openOf: (envelope: string) => Promise<boolean>;
}

export const EventWaysContext = createContext<EventWays>({
  open: () => undefined,
  openOf: () => Promise.resolve(false),
});

export const eventWays = ({ access }: Session, open: EventWays["open"]): EventWays => ({
  open,
  openOf: async (envelope) => {
    const event = (await fetchVersions(access, envelope)).assessments.at(-1)?.fields.event_id;
    if (typeof event !== "string") return false;
    open(event);
    return true;
  },
});
