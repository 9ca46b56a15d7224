/** The life of one report's assessment on the screen: versions, the draft, saving, a colleague who was faster. */
import { useEffect, useRef, useState } from "preact/hooks";
import { toHex } from "../shared/bytes.ts";
import type { Assessment } from "./answers.ts";
import { fetchAssessments, Problem, saveAssessment } from "./api.ts";
import type { Atlas } from "./areas.ts";
import { assessmentBody, isCounted, type Value, type Values } from "./form/body.ts";
import { type Draft, problemsOf, setField, startDraft } from "./form/draft.ts";
import { fromReport, fromVersion } from "./form/prefill.ts";
import { codeOf } from "./problems.ts";
import type { Row } from "./queue.ts";
import type { Session } from "./session.ts";

const EVENT_ID_BYTES = 8;

/** An unsaved assessment; `base` is the version that its reviewer has seen. */
export interface Kept {
  readonly draft: Draft;
  readonly base: number;
}

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
  return { draft: startDraft(suggestions, newEventId()), base: latest?.version ?? 0 };
}

interface State {
  /** All saved versions, oldest first; null until they have come. */
  readonly versions: readonly Assessment[] | null;
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
  readonly save: () => Promise<void>;
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

/** Sends a draft; the state after it was saved. `before` are the versions that were there. */
async function send(
  { session, row, drafts, onSaved }: AssessmentProps,
  { draft, base }: Kept,
  before: readonly Assessment[],
): Promise<Partial<State>> {
  const { id } = row.envelope;
  const saved = await saveAssessment(session.access, id, base, assessmentBody(draft.values));
  const versions = [...before, saved];
  drafts.delete(id);
  onSaved(versions);
  const kept = { draft: { ...draft, touched: false }, base: saved.version };
  return { versions, kept, theirs: null, tried: false, saved: saved.version };
}

/** The state after a colleague was faster: their version is seen now, the draft stays as it is. */
async function meet(
  { session, row }: AssessmentProps,
  { draft, base }: Kept,
): Promise<Partial<State>> {
  const versions = await fetchAssessments(session.access, row.envelope.id);
  const theirs = versions.at(-1) ?? null;
  return { versions, theirs, kept: { draft, base: theirs?.version ?? base } };
}

/** Tries to save; whatever comes of it is a change of the state. */
async function trySend(
  props: AssessmentProps,
  kept: Kept,
  before: readonly Assessment[],
): Promise<Partial<State>> {
  try {
    return await send(props, kept, before);
  } catch (error) {
    if (error instanceof Problem && error.code === "conflict") return meet(props, kept);
    throw error;
  }
}

/** For one report: the component that uses it is made anew for the next. */
export function useAssessment(props: AssessmentProps): Assessing {
  const { session, row, atlas, drafts } = props;
  const { id } = row.envelope;
  const [state, setState] = useState<State>({ ...START, kept: drafts.get(id) ?? null });
  const sending = useRef(false);
  const patch = (change: Partial<State>) => setState((old) => ({ ...old, ...change }));

  /** One piece of work at a time: a second press while the first is on its way does nothing. */
  async function work(step: () => Promise<Partial<State>>) {
    if (sending.current) return;
    sending.current = true;
    patch({ busy: true, problem: null });
    const change = await step().catch((error: unknown) => ({ problem: codeOf(error) }));
    sending.current = false;
    patch({ ...change, busy: false });
  }

  const load = () =>
    work(async () => {
      const versions = await fetchAssessments(session.access, id);
      return { versions, kept: drafts.get(id) ?? freshDraft(row, versions, atlas) };
    });

  async function save() {
    const { kept, versions } = state;
    if (!kept || !versions) return;
    if (problemsOf(kept.draft).size > 0) return patch({ tried: true });
    await work(() => trySend(props, kept, versions));
  }

  function changeAll(values: Values) {
    if (!state.kept) return;
    const draft = Object.entries(values).reduce(
      (changed, [code, value]) => setField(changed, code, value),
      state.kept.draft,
    );
    const kept = { ...state.kept, draft };
    drafts.set(id, kept);
    patch({ kept, saved: null });
  }

  useEffect(() => void load(), []);
  const change = (code: string, value: Value) => changeAll({ [code]: value });
  const join = (event: string) => changeAll({ decision: "merge", event_id: event });
  return { ...state, change, join, save, load };
}
