/** The letters to the senders of what is open in this window: fetched for many at once, opened and sealed by the vault. */
import { useRef, useState } from "preact/hooks";
import type { Letter } from "../shared/mailbox.ts";
import { fetchLetters, Problem, putLetter } from "./api.ts";
import { type Change, RECEIVED } from "./letter.ts";
import { codeOf } from "./problems.ts";
import type { Session } from "./session.ts";

/** Ids in one question. */
export const MOST_LETTERS = 64;
/** A colleague may write at the same moment, but not for ever. */
const TRIES = 3;

/** A letter as it lies in its mailbox. `version` is 0, and the letter says that the report is here, where none lies. */
export interface Held {
  readonly version: number;
  readonly letter: Letter;
}

export interface Letters {
  /** What is being written, by mailbox: going back to the queue loses nothing. */
  readonly unsent: Map<string, string>;
  readonly held: ReadonlyMap<string, Held>;
  readonly problem: string | null;
  /** Fetches the letters that are not known yet; senders who were told nothing are told that their report is here. */
  readonly look: (mailboxes: readonly string[]) => void;
  /** Changes a letter; the code of what went wrong, or null. */
  readonly write: (mailbox: string, change: Change) => Promise<string | null>;
}

const NONE: Held = { version: 0, letter: RECEIVED };

/** The letters of mailboxes whose reports were opened; one of version 0 for each in which none lies. */
export async function fetchHeld(
  { access, vault }: Session,
  ids: readonly string[],
): Promise<[string, Held][]> {
  const found = await fetchLetters(access, ids);
  const { letters } = await vault.ask("readLetters", {
    letters: found.map(({ id, letter }) => ({ mailbox: id, sealed: letter })),
  });
  const held = new Map(
    found.map(({ id, version }, at) => [id, { version, letter: letters[at] ?? RECEIVED }]),
  );
  return ids.map((id) => [id, held.get(id) ?? NONE]);
}

async function fetchOne(session: Session, id: string): Promise<Held> {
  const [found] = await fetchHeld(session, [id]);
  return found?.[1] ?? NONE;
}

const isConflict = (error: unknown): boolean =>
  error instanceof Problem && error.code === "conflict";

/** Puts a changed letter; on top of a colleague's where one came first. */
async function put(
  session: Session,
  id: string,
  { version, letter }: Held,
  change: Change,
  tries = TRIES,
): Promise<Held> {
  const changed = change(letter);
  if (version > 0 && changed === letter) return { version, letter };
  try {
    const made = await session.vault.ask("sealLetter", { mailbox: id, letter: changed });
    const next = await putLetter(session.access, id, version, made.sealed);
    return { version: next, letter: made.letter };
  } catch (error) {
    if (!isConflict(error) || tries === 1) throw error;
  }
  return put(session, id, await fetchOne(session, id), change, tries - 1);
}

export function useLetters(session: Session): Letters {
  const letters = useRef(new Map<string, Held>());
  const [held, setHeld] = useState<ReadonlyMap<string, Held>>(new Map());
  const [problem, setProblem] = useState<string | null>(null);
  const [unsent] = useState(() => new Map<string, string>());
  const last = useRef<Promise<unknown>>(Promise.resolve());

  function keep(entries: readonly (readonly [string, Held])[]) {
    for (const [id, each] of entries) letters.current.set(id, each);
    setHeld(new Map(letters.current));
  }

  /** One piece of work after the other: two changes of one letter never start from the same version. */
  function work(step: () => Promise<void>): Promise<string | null> {
    const done = last.current.then(step).then(
      () => null,
      (error: unknown) => codeOf(error),
    );
    last.current = done;
    return done;
  }

  async function change(id: string, changed: Change) {
    const known = letters.current.get(id) ?? (await fetchOne(session, id));
    keep([[id, await put(session, id, known, changed)]]);
  }

  async function lookAt(mailboxes: readonly string[]) {
    const news = mailboxes.filter((id) => !letters.current.has(id)).slice(0, MOST_LETTERS);
    if (news.length === 0) return;
    const found = await fetchHeld(session, news);
    keep(found);
    for (const [id, { version }] of found) if (version === 0) await change(id, (same) => same);
    await lookAt(mailboxes);
  }

  return {
    unsent,
    held,
    problem,
    look: (mailboxes) => void work(() => lookAt(mailboxes)).then(setProblem),
    write: (mailbox, changed) => work(() => change(mailbox, changed)),
  };
}
