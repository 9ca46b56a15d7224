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
import type { Session } from "../session.ts";
import { Shortcuts } from "../shortcuts.tsx";
import { OPEN, type Sieve, sift } from "../sieve.ts";
import { type Lang, type TextKey, useText } from "../text.ts";
import { type Drafts, isUnsaved } from "../useAssessment.ts";
import { ClaimsContext, useClaims } from "../useClaims.ts";
import { type Letters, useLetters } from "../useLetters.ts";
import { type Queue, useQueue } from "../useQueue.ts";
import { type Sweep, useSweep } from "../useSweep.ts";
import { useViews, type Views } from "../useViews.ts";
import { About } from "./about.tsx";
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

/** The report that is open. Going back in the browser closes it; the history learns nothing but that there was a step. */
function useOpenReport() {
  const [id, setId] = useState<string | null>(null);
  useEffect(() => {
    const close = () => setId(null);
    addEventListener("popstate", close);
    return () => removeEventListener("popstate", close);
  }, []);
  const open = (next: string) => {
    if (id === null) history.pushState(null, "");
    setId(next);
  };
  return { id, open, close: () => history.back(), drop: () => setId(null) };
}

/** The browser asks before a page with unsaved assessments or unsent answers is left. */
function useUnsavedGuard(drafts: Drafts, { unsent }: Letters): void {
  useEffect(() => {
    const guard = (event: BeforeUnloadEvent) => {
      if ([...drafts.values()].some(isUnsaved) || [...unsent.values()].some((text) => text !== ""))
        event.preventDefault();
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

/** What is shown of the queue. What does not open passes every sieve: nobody knows what it says. */
function useSieve(queue: Queue, atlas: Atlas | null) {
  const [sieve, onSieve] = useState<Sieve>(OPEN);
  const { rows, state } = queue;
  const all = useMemo(() => readable(rows, state), [rows, state]);
  const shown = useMemo(() => sift(all, sieve, atlas ?? NO_ATLAS, today()), [all, sieve, atlas]);
  return { sieve, onSieve, all, rows: shown };
}

interface ReadingProps {
  readonly session: Session;
  readonly queue: Queue;
  readonly atlas: Atlas;
  readonly drafts: Drafts;
  readonly letters: Letters;
  readonly report: ReturnType<typeof useOpenReport>;
  readonly sifted: ReturnType<typeof useSieve>;
  readonly sweep: Sweep;
  readonly views: Views;
}

/** The queue, or the report of it that is open. */
function Reading(props: ReadingProps) {
  const { session, queue, atlas, drafts, letters, report, sifted, sweep, views } = props;
  const last = useRef<string | null>(null);
  const { id, open, close } = report;
  const row: Row | undefined = queue.seen.get(id ?? "");
  if (!row || id === null) {
    const { current } = last;
    return (
      <QueueScreen
        {...sifted}
        {...{ queue, atlas, sweep, views }}
        onOpen={open}
        returnTo={current}
      />
    );
  }
  last.current = id;
  const next = nextOf(sifted.rows, id);
  return (
    <ReportScreen
      key={id}
      session={session}
      row={row}
      atlas={atlas}
      drafts={drafts}
      queue={queue}
      letters={letters}
      onOpen={open}
      onBack={close}
      onNext={next === null ? null : () => open(next)}
      onSaved={(versions) => {
        queue.saved(id, standingOf(versions));
        const mailbox = row.opened.report?.mailbox;
        if (mailbox) void letters.write(mailbox, opened);
      }}
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

type ScreenProps = Omit<ReadingProps, "atlas"> & {
  readonly section: Section;
  readonly atlas: Atlas | null;
};

function Screen({ section, atlas, ...reading }: ScreenProps) {
  if (section === "summary") return <SummaryScreen session={reading.session} />;
  if (section === "people") return <PeopleScreen session={reading.session} />;
  if (section === "record") return <RecordScreen session={reading.session} />;
  if (section === "about") return <About session={reading.session} />;
  return atlas ? <Reading {...reading} atlas={atlas} /> : <Loading />;
}

const WAITING = { state: "waiting", choice: ANY } as const;

/** Where a member of a role can go. */
const SECTIONS: Readonly<Record<string, readonly Section[]>> = {
  administrator: ["queue", "summary", "people", "record", "about"],
  reviewer: ["queue", "summary", "about"],
};
const COORDINATOR: readonly Section[] = ["summary", "about"];

export function Desk({ session, onLang, onLeave }: DeskProps) {
  const sections = SECTIONS[session.member.role] ?? COORDINATOR;
  const [section, setSection] = useState<Section>(session.readsReports ? "queue" : "summary");
  const atlas = useAtlas();
  const queue = useQueue(session);
  const sifted = useSieve(queue, atlas);
  const report = useOpenReport();
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
  const onSignOut = () => onLeave("notice_signed_out");
  const onSection = (next: Section) => {
    report.drop();
    setSection(next);
  };
  return (
    <>
      <Masthead navigation={{ sections, current: section, onSection, onSignOut }} onLang={onLang} />
      <ClaimsContext.Provider value={claims}>
        <Screen
          {...{ section, session, queue, atlas, drafts, letters, report, sifted, sweep, views }}
        />
      </ClaimsContext.Provider>
      <Shortcuts />
      {renewing && <Renew session={session} onSignOut={onSignOut} />}
      <IdleWatch onIdle={onIdle} />
    </>
  );
}
