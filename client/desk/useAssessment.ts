/** The life of one report's assessment on the screen: versions, the draft, saving, a colleague who was faster. */
import { useEffect, useRef, useState } from "preact/hooks";
import { toHex } from "../shared/bytes.ts";
import type { Assessment } from "./answers.ts";
import { fetchVersions, Problem, saveAssessment, saveNote } from "./api.ts";
import type { Atlas } from "./areas.ts";
import { assessmentBody, isCounted, type Value, type Values } from "./form/body.ts";
import { type Draft, problemsOf, setField, startDraft } from "./form/draft.ts";
import { fromReport, fromVersion } from "./form/prefill.ts";
import {
  isWritten,
  NOTHING_WRITTEN,
  type ReadNote,
  readNotes,
  sealWriting,
  type Writing,
} from "./notes.ts";
import { codeOf } from "./problems.ts";
import type { Row } from "./queue.ts";
import type { Session } from "./session.ts";

const EVENT_ID_BYTES = 8;

/** An unsaved assessment; `base` is the version that its reviewer has seen. */
export interface Kept {
  readonly draft: Draft;
  readonly base: number;
  readonly note: Writing;
}

/** Whether something of it would be lost. */
export const isUnsaved = ({ draft, note }: Kept): boolean => draft.touched || isWritten(note);

/** Unsaved assessments by envelope, in memory: going back to the queue loses nothing. */
export type Drafts = Map<string, Kept>;

const newEventId = (): string => toHex(crypto.getRandomValues(new Uint8Array(EVENT_ID_BYTES)));

/** The latest version fills the form; the report does where no version has coded it yet. */
function freshDraft(
  { envelope, opened }: Row,
  versions: readonly Assessment[],
  atlas: Atlas,
): Kept {
  const latest = versions.at(-1);
  const said = opened.report ? fromReport(opened.report, envelope.day, atlas) : {};
  const before = latest ? [{ version: latest.version, values: fromVersion(latest) }] : [];
  const coded = latest !== undefined && isCounted(latest.fields);
  const suggestions = coded ? before : [{ version: 0, values: said }, ...before];
  const draft = startDraft(suggestions, newEventId());
  return { draft, base: latest?.version ?? 0, note: NOTHING_WRITTEN };
}

interface State {
  /** All saved versions, oldest first; null until they have come. */
  readonly versions: readonly Assessment[] | null;
  /** All notes, oldest first. */
  readonly notes: readonly ReadNote[];
  readonly kept: Kept | null;
  /** True once saving was tried with something missing: from then on the form says what. */
  readonly tried: boolean;
  readonly busy: boolean;
  readonly problem: string | null;
  /** The version that a colleague saved in the meantime. */
  readonly theirs: Assessment | null;
  /** The version that was just saved here. */
  readonly saved: number | null;
}

const START: State = {
  versions: null,
  notes: [],
  kept: null,
  tried: false,
  busy: false,
  problem: null,
  theirs: null,
  saved: null,
};

export interface Assessing extends State {
  readonly change: (code: string, value: Value) => void;
  /** Makes the report one more account of an event that is known. */
  readonly join: (event: string) => void;
  /** Changes the note that is being written. */
  readonly write: (text: string) => void;
  readonly save: () => Promise<void>;
  /** Saves the note and no assessment. */
  readonly saveNote: () => Promise<void>;
  readonly load: () => Promise<void>;
}

export interface AssessmentProps {
  readonly session: Session;
  readonly row: Row;
  readonly atlas: Atlas;
  readonly drafts: Drafts;
  /** Told all versions, the one just saved included. */
  readonly onSaved: (versions: readonly Assessment[]) => void;
}

/** What is on the screen by now. */
type Now = () => Kept | null;

/** What is still to be saved once `sent` is version `base`: what was changed while that was on its way. */
function left(sent: Kept, now: Kept, base: number): Kept {
  const draft = now.draft === sent.draft ? { ...sent.draft, touched: false } : now.draft;
  const note = now.note.text === sent.note.text ? NOTHING_WRITTEN : now.note;
  return { draft, base, note };
}

/** Sends a draft with its note; the state after it was saved. `before` are the versions that were there. */
async function send(
  props: AssessmentProps,
  sent: Kept,
  before: readonly Assessment[],
  now: Now,
): Promise<Partial<State>> {
  const { session, row, drafts, onSaved } = props;
  const { draft, base, note } = sent;
  const { id } = row.envelope;
  const body = assessmentBody(draft.values);
  const saved = await saveAssessment(session.access, id, base, body, note.sealed);
  const versions = [...before, saved];
  drafts.delete(id);
  onSaved(versions);
  const notes = note.sealed ? await notesAgain(props) : {};
  const kept = left(sent, now() ?? sent, saved.version);
  if (isUnsaved(kept)) drafts.set(id, kept);
  const shown = kept.draft.touched ? null : saved.version;
  return { ...notes, versions, kept, theirs: null, tried: false, saved: shown };
}

/** All that is kept of a report, its notes opened. */
async function fetchAll({ session, row }: AssessmentProps) {
  const { assessments, notes } = await fetchVersions(session.access, row.envelope.id);
  return { versions: assessments, notes: await readNotes(session, row, notes) };
}

/** The notes with the one that was just saved. It is saved whether or not this works. */
const notesAgain = (props: AssessmentProps): Promise<Partial<State>> =>
  fetchAll(props).then(
    ({ notes }) => ({ notes }),
    () => ({}),
  );

/** The state after a colleague was faster: their version is seen now, the draft stays as it is. */
async function meet(props: AssessmentProps, sent: Kept, now: Now): Promise<Partial<State>> {
  const all = await fetchAll(props);
  const theirs = all.versions.at(-1) ?? null;
  const kept = now() ?? sent;
  return { ...all, theirs, kept: { ...kept, base: theirs?.version ?? kept.base } };
}

/** Tries to save; whatever comes of it is a change of the state. */
async function trySend(
  props: AssessmentProps,
  sent: Kept,
  before: readonly Assessment[],
  now: Now,
): Promise<Partial<State>> {
  try {
    return await send(props, sent, before, now);
  } catch (error) {
    if (error instanceof Problem && error.code === "conflict") return meet(props, sent, now);
    throw error;
  }
}

/** The state of one report's assessment, and one piece of work on it at a time. */
function useWork({ row, drafts }: AssessmentProps) {
  const { id } = row.envelope;
  const [state, setState] = useState<State>({ ...START, kept: drafts.get(id) ?? null });
  const sending = useRef(false);
  const latest = useRef(state.kept);
  latest.current = state.kept;
  const patch = (change: Partial<State>) => setState((old) => ({ ...old, ...change }));

  /** A second press while the first is on its way does nothing. */
  async function work(step: () => Promise<Partial<State>>) {
    if (sending.current) return;
    sending.current = true;
    patch({ busy: true, problem: null });
    const change = await step().catch((error: unknown) => ({ problem: codeOf(error) }));
    sending.current = false;
    patch({ ...change, busy: false });
  }

  function keep(kept: Kept): Kept {
    if (isUnsaved(kept)) drafts.set(id, kept);
    else drafts.delete(id);
    latest.current = kept;
    patch({ kept });
    return kept;
  }

  return { state, patch, work, keep, now: () => latest.current };
}

/** The note that is being written: sealed once, saved with the assessment or alone. */
function noteOf(props: AssessmentProps, { state, work, keep, now }: ReturnType<typeof useWork>) {
  const { session, row } = props;

  /** The same with the note sealed, and remembered so: what fails and is sent again is the same note. */
  async function sealed(kept: Kept): Promise<Kept> {
    const note = await sealWriting(session, row, kept.note);
    if (note === kept.note) return kept;
    return now() === kept ? keep({ ...kept, note }) : { ...kept, note };
  }

  async function saveOnly() {
    const { kept } = state;
    if (!kept || !isWritten(kept.note)) return;
    await work(async () => {
      const { note } = await sealed(kept);
      if (note.sealed) await saveNote(session.access, row.envelope.id, note.sealed);
      const meanwhile = now() ?? kept;
      if (meanwhile.note.text === note.text) keep({ ...meanwhile, note: NOTHING_WRITTEN });
      return notesAgain(props);
    });
  }

  function write(text: string) {
    if (state.kept) keep({ ...state.kept, note: { text, sealed: null } });
  }

  return { sealed, saveOnly, write };
}

/** For one report: the component that uses it is made anew for the next. */
export function useAssessment(props: AssessmentProps): Assessing {
  const { row, atlas, drafts } = props;
  const working = useWork(props);
  const { state, patch, work, keep, now } = working;
  const { sealed, saveOnly, write } = noteOf(props, working);

  const load = () =>
    work(async () => {
      const all = await fetchAll(props);
      const kept = drafts.get(row.envelope.id) ?? freshDraft(row, all.versions, atlas);
      return { ...all, kept };
    });

  async function save() {
    const { kept, versions } = state;
    if (!kept || !versions) return;
    if (problemsOf(kept.draft).size > 0) return patch({ tried: true });
    await work(async () => trySend(props, await sealed(kept), versions, now));
  }

  function changeAll(values: Values) {
    if (!state.kept) return;
    const draft = Object.entries(values).reduce(
      (changed, [code, value]) => setField(changed, code, value),
      state.kept.draft,
    );
    keep({ ...state.kept, draft });
    patch({ saved: null });
  }

  useEffect(() => void load(), []);
  const change = (code: string, value: Value) => changeAll({ [code]: value });
  const join = (event: string) => changeAll({ decision: "merge", event_id: event });
  return { ...state, change, join, write, save, saveNote: saveOnly, load };
}
