/** What members have found to have happened: all events, and one with its reports. */
import { createContext } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { DeskEvent, EventReport } from "./answers.ts";
import { fetchAllEvents, fetchEvent, fetchVersions } from "./api.ts";
import { codeOf } from "./problems.ts";
import type { Session } from "./session.ts";
import type { Queue } from "./useQueue.ts";

/** The server tells no more than these. */
export const MOST_EVENTS = 1000;

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

/** The reports of an event; those of them that were not opened in this window yet are opened. */
export function useEvent({ access }: Session, queue: Queue, id: string) {
  const event = useFetched<readonly EventReport[]>(async () => {
    const reports = await fetchEvent(access, id);
    await queue.open(reports.map(({ envelope }) => envelope));
    return reports;
  });
  useEffect(event.load, []);
  return event;
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
