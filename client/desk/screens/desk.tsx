/** Everything behind the sign-in: which screen is shown, what is kept between them. */
import parts from "virtual:parts";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { fetchPlaces } from "../api.ts";
import { type Atlas, atlasOf, NO_ATLAS, packShape } from "../areas.ts";
import { today } from "../clock.ts";
import { IdleWatch } from "../idle.tsx";
import { CONTENT } from "../parts/focus.ts";
import { Status } from "../parts/notices.tsx";
import { mailboxesOf, readable } from "../queue.ts";
import type { Line } from "../seeing/projection.ts";
import type { Session } from "../session.ts";
import { Shortcuts } from "../shortcuts.tsx";
import { OPEN, type Sieve, sift } from "../sieve.ts";
import { type Lang, type TextKey, useText } from "../text.ts";
import { type Drafts, isUnsaved } from "../useAssessment.ts";
import { ClaimsContext, useClaims } from "../useClaims.ts";
import { useDecided } from "../useDecided.ts";
import { EventWaysContext, eventWays, useEvents } from "../useEvents.ts";
import { useLayers } from "../useLayers.ts";
import { type Letters, useLetters } from "../useLetters.ts";
import { type Queue, useQueue } from "../useQueue.ts";
import { useSweep } from "../useSweep.ts";
import { useViews } from "../useViews.ts";
import { About } from "./about.tsx";
import { FactorsScreen } from "./factors.tsx";
import { Leaving } from "./leaving.tsx";
import { Masthead, type Section } from "./masthead.tsx";
import { PeopleScreen } from "./people.tsx";
import { event, Reading, type ReadingProps, type Sifted, WAITING } from "./reading.tsx";
import { RecordScreen } from "./record.tsx";
import { Renew } from "./renew.tsx";
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

/**
 * What is shown of the queue. What does not open passes every sieve: nobody knows what it says. While the list is not what
 * is looked at, nothing is sifted for it.
 */
function useSieve(queue: Queue, atlas: Atlas | null, isListed: boolean): Sifted {
  const [sieve, onSieve] = useState<Sieve>(OPEN);
  const { rows, state } = queue;
  const all = useMemo(() => readable(rows, state), [rows, state]);
  const shown = useMemo(
    () => (isListed ? sift(all, sieve, atlas ?? NO_ATLAS, today()) : all),
    [all, sieve, atlas, isListed],
  );
  return { sieve, onSieve, all, rows: shown };
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
  useDecided(session, queue);
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
