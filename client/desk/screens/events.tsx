/** All events: what members have found to have happened, the latest first. */
import { useEffect, useMemo } from "preact/hooks";
import type { DeskEvent } from "../answers.ts";
import { CONTENT } from "../parts/focus.ts";
import { Heading } from "../parts/heading.tsx";
import { LongList } from "../parts/longlist.tsx";
import { ProblemNotice, Status } from "../parts/notices.tsx";
import { areasOf, isOpen, OPEN, type Sieve, siftEvents } from "../sieve.ts";
import { useText } from "../text.ts";
import { type Events, MOST_EVENTS } from "../useEvents.ts";
import { EventLine } from "./eventline.tsx";
import { SieveBar } from "./sieve.tsx";

const NONE: readonly DeskEvent[] = [];

/** What of a sieve can be asked of events. */
const ASKED = ["kind", "area"] as const;
const asked = ({ kind, area, on }: Sieve): Sieve => ({ ...OPEN, kind, area, on });

/** Said where the server tells of no more. */
export function Limited({ events }: { readonly events: readonly DeskEvent[] }) {
  const t = useText();
  if (events.length < MOST_EVENTS) return null;
  return <p class="notice odd">{t("events_limited", { count: MOST_EVENTS })}</p>;
}

function Doing({
  events,
  shown,
  isSifted,
}: {
  readonly events: Events;
  readonly shown: number;
  readonly isSifted: boolean;
}) {
  const t = useText();
  if (!events.value) return <Status>{events.problem === null && t("loading")}</Status>;
  const count = events.value.length;
  if (count === 0) return <Status>{t("events_none")}</Status>;
  return (
    <Status>{isSifted ? t("queue_sifted", { shown, count }) : t("events_count", { count })}</Status>
  );
}

export function EventsScreen({
  events,
  sieve,
  onSieve,
  onOpen,
  returnTo,
}: {
  readonly events: Events;
  readonly sieve: Sieve;
  readonly onSieve: (sieve: Sieve) => void;
  readonly onOpen: (id: string) => void;
  readonly returnTo: string | null;
}) {
  const t = useText();
  const all = events.value ?? NONE;
  const own = asked(sieve);
  useEffect(events.load, []);
  const shown = useMemo(() => siftEvents(all, own), [all, sieve.kind, sieve.area, sieve.on]);
  const areas = useMemo(() => areasOf(all), [all]);
  return (
    <main id={CONTENT} tabIndex={-1} data-screen="events" aria-busy={events.value === null}>
      <Heading>{t("events_title")}</Heading>
      <p class="lead">{t("events_lead")}</p>
      <SieveBar sieve={own} areas={areas} fields={ASKED} onSieve={onSieve} />
      <Doing events={events} shown={shown.length} isSifted={!isOpen(own)} />
      <ProblemNotice code={events.problem} onRetry={events.load} />
      <Limited events={all} />
      <LongList part="events" items={shown} keyOf={({ event_id }) => event_id} returnTo={returnTo}>
        {(event, at) => <EventLine key={event.event_id} event={event} at={at} onOpen={onOpen} />}
      </LongList>
    </main>
  );
}
