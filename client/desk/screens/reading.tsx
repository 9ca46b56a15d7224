/** The lists, the map, and what is open over them: an event, a report. */
import { useRef } from "preact/hooks";
import type { Atlas } from "../areas.ts";
import { ANY } from "../choice.ts";
import { open as opened } from "../letter.ts";
import { type ReadableRow, type Row, standingOf } from "../queue.ts";
import type { Session } from "../session.ts";
import type { Sieve } from "../sieve.ts";
import type { TextKey } from "../text.ts";
import type { Drafts } from "../useAssessment.ts";
import type { Events } from "../useEvents.ts";
import type { Layer, Layers } from "../useLayers.ts";
import type { Letters } from "../useLetters.ts";
import type { Queue } from "../useQueue.ts";
import type { Sweep } from "../useSweep.ts";
import type { Views } from "../useViews.ts";
import type { BoundaryFile } from "./boundaries.tsx";
import { CaseScreen } from "./case.tsx";
import { EventScreen } from "./event.tsx";
import { EventsScreen } from "./events.tsx";
import { MapScreen } from "./map.tsx";
import type { Section } from "./masthead.tsx";
import { QueueScreen } from "./queue.tsx";
import { ReportScreen } from "./report.tsx";

/** The list with its sieve; `rows` are those of `all` that pass. */
export interface Sifted {
  readonly sieve: Sieve;
  readonly onSieve: (sieve: Sieve) => void;
  readonly all: readonly ReadableRow[];
  readonly rows: readonly ReadableRow[];
}

/** The report after this one in the order of the screen; the most urgent one when this has left the list. */
function nextOf(rows: readonly ReadableRow[], id: string): string | null {
  const ids = rows.map(({ envelope }) => envelope.id);
  const behind = ids[ids.indexOf(id) + 1];
  return behind ?? ids.find((each) => each !== id) ?? null;
}

/** What is asked for first, and again by whoever leaves what was assessed. */
export const WAITING = { state: "waiting", choice: ANY } as const;

export interface ReadingProps {
  readonly session: Session;
  readonly queue: Queue;
  readonly atlas: Atlas;
  readonly drafts: Drafts;
  readonly letters: Letters;
  readonly layers: Layers;
  readonly sifted: Sifted;
  readonly sweep: Sweep;
  readonly views: Views;
  readonly events: Events;
  readonly boundaries: BoundaryFile;
  readonly section: Section;
  readonly onSection: (section: Section) => void;
}

/** Where closing what is open leads to, in words. */
function backTo({ under }: Layers, section: Section): TextKey {
  if (under) return under.what === "event" ? "back_event" : "back_report";
  if (section === "map") return "back_map";
  return section === "events" ? "back_events" : "report_back";
}

const report = (id: string): Layer => ({ what: "report", id });
export const event = (id: string): Layer => ({ what: "event", id });

/** The report that is open. */
function Report(props: ReadingProps & { readonly row: Row }) {
  const { session, queue, letters, layers, sifted, row } = props;
  const next = layers.under ? null : nextOf(sifted.rows, row.envelope.id);
  const open = (id: string) => layers.open(report(id));
  return (
    <ReportScreen
      {...props}
      key={row.envelope.id}
      session={session}
      onOpen={open}
      back={backTo(layers, props.section)}
      onBack={layers.close}
      onNext={next === null ? null : () => open(next)}
      onSaved={(versions) => {
        queue.saved(row.envelope.id, standingOf(versions));
        const mailbox = row.opened.report?.mailbox;
        if (mailbox) void letters.write(mailbox, opened);
      }}
    />
  );
}

/** One of the lists, or the map. `returnTo` is what was open before. */
function Listed({ returnTo, ...props }: ReadingProps & { readonly returnTo: string | null }) {
  const { queue, atlas, layers, sifted, sweep, views, events, section, onSection } = props;
  const { sieve, onSieve } = sifted;
  const onEvent = (id: string) => layers.open(event(id));
  if (section === "map") {
    return (
      <MapScreen
        {...{ events, atlas, sieve, onSieve, onEvent }}
        boundaries={props.boundaries}
        seen={queue.seen}
        onEvents={() => onSection("events")}
        onReports={() => {
          if (queue.state === "assessed") queue.load(WAITING);
          onSection("queue");
        }}
      />
    );
  }
  if (section === "events")
    return <EventsScreen {...{ events, sieve, onSieve, returnTo }} onOpen={onEvent} />;
  return (
    <QueueScreen
      {...sifted}
      {...{ queue, atlas, sweep, views, returnTo }}
      onOpen={(id) => layers.open(report(id))}
    />
  );
}

/** What lies on top: a report, an event, or the section itself. */
export function Reading(props: ReadingProps) {
  const { session, queue, atlas, layers, section } = props;
  const last = useRef<string | null>(null);
  const { top } = layers;
  const row: Row | undefined = top?.what === "report" ? queue.seen.get(top.id) : undefined;
  if (top) last.current = top.id;
  if (row) return <Report {...props} row={row} />;
  if (top?.what === "case")
    return (
      <CaseScreen
        {...{ session, queue }}
        id={top.id}
        back={backTo(layers, section)}
        onBack={layers.close}
      />
    );
  if (top?.what !== "event") return <Listed {...props} returnTo={last.current} />;
  return (
    <EventScreen
      key={top.id}
      {...{ session, queue, atlas }}
      id={top.id}
      back={backTo(layers, section)}
      onBack={layers.close}
      onOpen={(id) => layers.open(report(id))}
      onCase={() => layers.open({ what: "case", id: top.id })}
    />
  );
}
