/** Everything behind the sign-in: which screen is shown, what is kept between them. */
import parts from "virtual:parts";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { fetchPlaces } from "../api.ts";
import { type Atlas, atlasOf, NO_ATLAS, packShape } from "../areas.ts";
import { ANY } from "../choice.ts";
import { today } from "../clock.ts";
import { IdleWatch } from "../idle.tsx";
import { open as opened } from "../letter.ts";
import { CONTENT } from "../parts/focus.ts";
import { Status } from "../parts/notices.tsx";
import { mailboxesOf, type ReadableRow, type Row, readable, standingOf } from "../queue.ts";
import type { Line } from "../seeing/projection.ts";
import type { Session } from "../session.ts";
import { Shortcuts } from "../shortcuts.tsx";
import { OPEN, type Sieve, sift } from "../sieve.ts";
import { type Lang, type TextKey, useText } from "../text.ts";
import { type Drafts, isUnsaved } from "../useAssessment.ts";
import { ClaimsContext, useClaims } from "../useClaims.ts";
import { type Events, EventWaysContext, eventWays, useEvents } from "../useEvents.ts";
import { type Layer, type Layers, useLayers } from "../useLayers.ts";
import { type Letters, useLetters } from "../useLetters.ts";
import { type Queue, useQueue } from "../useQueue.ts";
import { type Sweep, useSweep } from "../useSweep.ts";
import { useViews, type Views } from "../useViews.ts";
import { About } from "./about.tsx";
import type { BoundaryFile } from "./boundaries.tsx";
import { EventScreen } from "./event.tsx";
import { EventsScreen } from "./events.tsx";
import { FactorsScreen } from "./factors.tsx";
import { Leaving } from "./leaving.tsx";
import { MapScreen } from "./map.tsx";
import { Masthead, type Section } from "./masthead.tsx";
import { PeopleScreen } from "./people.tsx";
import { QueueScreen } from "./queue.tsx";
import { RecordScreen } from "./record.tsx";
import { Renew } from "./renew.tsx";
import { ReportScreen } from "./report.tsx";
import { SummaryScreen } from "./summary.tsx";

export interface DeskProps {
  readonly session: Session;
  readonly onLang: (lang: Lang) => void;
  readonly onLeave: (notice: TextKey) => void;
}

/** The atlas, null until it has come or could not: a report can be read without it. */
function useAtlas(): Atlas | null {
  const [atlas, setAtlas] = useState<Atlas | null>(null);
  useEffect(() => {
    fetchPlaces(parts.places?.url ?? "", packShape).then(
      (packed) => setAtlas(atlasOf(packed)),
      () => setAtlas(NO_ATLAS),
    );
  }, []);
  return atlas;
}

/** Whether there are assessments that were not saved, or answers that were not sent. */
const isWorkLost = (drafts: Drafts, { unsent }: Letters): boolean =>
  [...drafts.values()].some(isUnsaved) || [...unsent.values()].some((text) => text !== "");

/** The browser asks before a page with unsaved assessments or unsent answers is left. */
function useUnsavedGuard(drafts: Drafts, letters: Letters): void {
  const { unsent } = letters;
  useEffect(() => {
    const guard = (event: BeforeUnloadEvent) => {
      if (isWorkLost(drafts, letters)) event.preventDefault();
    };
    addEventListener("beforeunload", guard);
    return () => removeEventListener("beforeunload", guard);
  }, [drafts, unsent]);
}

/** Leaving the page ends the vault; a page that the browser brings back from its memory starts anew. */
function useNoReturn(session: Session): void {
  useEffect(() => {
    const hide = () => session.vault.close();
    const show = ({ persisted }: PageTransitionEvent) => persisted && location.reload();
    addEventListener("pagehide", hide);
    addEventListener("pageshow", show);
    return () => {
      removeEventListener("pagehide", hide);
      removeEventListener("pageshow", show);
    };
  }, [session]);
}

/** True while the member has to sign in again. */
function useRenewal(session: Session): boolean {
  const [needed, setNeeded] = useState(false);
  useEffect(() => {
    session.onRenewal = setNeeded;
  }, [session]);
  return needed;
}

/** The report after this one in the order of the screen; the most urgent one when this has left the list. */
function nextOf(rows: readonly ReadableRow[], id: string): string | null {
  const ids = rows.map(({ envelope }) => envelope.id);
  const behind = ids[ids.indexOf(id) + 1];
  return behind ?? ids.find((each) => each !== id) ?? null;
}

/**
 * What is shown of the queue. What does not open passes every sieve: nobody knows what it says. While the list is not what
 * is looked at, nothing is sifted for it.
 */
function useSieve(queue: Queue, atlas: Atlas | null, isListed: boolean) {
  const [sieve, onSieve] = useState<Sieve>(OPEN);
  const { rows, state } = queue;
  const all = useMemo(() => readable(rows, state), [rows, state]);
  const shown = useMemo(
    () => (isListed ? sift(all, sieve, atlas ?? NO_ATLAS, today()) : all),
    [all, sieve, atlas, isListed],
  );
  return { sieve, onSieve, all, rows: shown };
}

const WAITING = { state: "waiting", choice: ANY } as const;

interface ReadingProps {
  readonly session: Session;
  readonly queue: Queue;
  readonly atlas: Atlas;
  readonly drafts: Drafts;
  readonly letters: Letters;
  readonly layers: Layers;
  readonly sifted: ReturnType<typeof useSieve>;
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
const event = (id: string): Layer => ({ what: "event", id });

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
function Reading(props: ReadingProps) {
  const { session, queue, atlas, layers, section } = props;
  const last = useRef<string | null>(null);
  const { top } = layers;
  const row: Row | undefined = top?.what === "report" ? queue.seen.get(top.id) : undefined;
  if (top) last.current = top.id;
  if (row) return <Report {...props} row={row} />;
  if (top?.what !== "event") return <Listed {...props} returnTo={last.current} />;
  return (
    <EventScreen
      key={top.id}
      {...{ session, queue, atlas }}
      id={top.id}
      back={backTo(layers, section)}
      onBack={layers.close}
      onOpen={(id) => layers.open(report(id))}
    />
  );
}

function Loading() {
  const t = useText();
  return (
    <main id={CONTENT} tabIndex={-1} data-screen="loading">
      <Status>{t("loading")}</Status>
    </main>
  );
}

type ScreenProps = Omit<ReadingProps, "atlas"> & { readonly atlas: Atlas | null };

function Screen({ atlas, ...reading }: ScreenProps) {
  const { section } = reading;
  if (section === "summary") return <SummaryScreen session={reading.session} />;
  if (section === "people") return <PeopleScreen session={reading.session} />;
  if (section === "record") return <RecordScreen session={reading.session} />;
  if (section === "factors") return <FactorsScreen session={reading.session} />;
  if (section === "about") return <About session={reading.session} />;
  return atlas ? <Reading {...reading} atlas={atlas} /> : <Loading />;
}

/** Where a member of a role can go. */
const SECTIONS: Readonly<Record<string, readonly Section[]>> = {
  administrator: ["queue", "map", "events", "summary", "people", "record", "factors", "about"],
  reviewer: ["queue", "map", "events", "summary", "factors", "about"],
};
const COORDINATOR: readonly Section[] = ["summary", "factors", "about"];

export function Desk({ session, onLang, onLeave }: DeskProps) {
  const sections = SECTIONS[session.member.role] ?? COORDINATOR;
  const [section, setSection] = useState<Section>(session.readsReports ? "queue" : "summary");
  const atlas = useAtlas();
  const queue = useQueue(session);
  const sifted = useSieve(queue, atlas, section === "queue");
  const layers = useLayers();
  const events = useEvents(session);
  const [lines, onLines] = useState<readonly Line[]>([]);
  const letters = useLetters(session);
  const claims = useClaims(session);
  const sweep = useSweep(session, queue);
  const views = useViews(session);
  const [drafts] = useState<Drafts>(() => new Map());
  const renewing = useRenewal(session);
  useUnsavedGuard(drafts, letters);
  useNoReturn(session);
  useEffect(() => {
    if (session.readsReports) queue.load(WAITING);
  }, [session]);
  useEffect(() => letters.look(mailboxesOf(queue.rows)), [queue.rows]);
  const onIdle = useCallback(() => onLeave("notice_idle"), [onLeave]);
  const [leaving, setLeaving] = useState(false);
  const leave = () => onLeave("notice_signed_out");
  const onSignOut = () => (isWorkLost(drafts, letters) || sweep.undo ? setLeaving(true) : leave());
  const onSection = (next: Section) => {
    layers.drop();
    setSection(next);
  };
  const ways = eventWays(session, (id) => layers.open(event(id)));
  return (
    <>
      <Masthead navigation={{ sections, current: section, onSection, onSignOut }} onLang={onLang} />
      <ClaimsContext.Provider value={claims}>
        <EventWaysContext.Provider value={ways}>
          <Screen
            {...{ section, onSection, session, queue, atlas, drafts, letters, layers, sifted }}
            {...{ sweep, views, events, boundaries: { lines, onLines } }}
          />
        </EventWaysContext.Provider>
      </ClaimsContext.Provider>
      <Shortcuts />
      {renewing && <Renew session={session} onSignOut={onSignOut} />}
      {leaving && <Leaving onLeave={leave} onStay={() => setLeaving(false)} />}
      <IdleWatch onIdle={onIdle} />
    </>
  );
}
