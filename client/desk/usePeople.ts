/** Who belongs to the desk, as an administrator sees and changes it. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { People, Person } from "./answers.ts";
import { endSessions, fetchPeople, letIn, Problem, removeMember } from "./api.ts";
import { codeOf } from "./problems.ts";
import type { Session } from "./session.ts";

/** The roles that hold desk keys. */
export const HOLDERS = new Set(["reviewer", "administrator"]);

/** A member with the digits of the very key that grants are sealed to. */
export type Known = Person & { readonly digits: string };

export interface Loaded extends Omit<People, "members"> {
  readonly members: readonly Known[];
}

/** The digits are made here, of the keys that came: a server cannot show others. */
async function load({ access, vault }: Session): Promise<Loaded> {
  const people = await fetchPeople(access);
  const keys = people.members.map((each) => each.public_key);
  const { digits } = await vault.ask("digits", { keys });
  const members = people.members.map((each, at) => ({ ...each, digits: digits[at] ?? "" }));
  return { ...people, members };
}

/** Desk keys that a member's role calls for and the member does not hold. */
export const lackedBy = ({ role, kids: held }: Person, kids: readonly string[]): string[] =>
  HOLDERS.has(role) ? kids.filter((kid) => !held.includes(kid)) : [];

/** Seals what a member lacks to the key that was compared, and lets the member in. */
async function grantAll({ access, vault }: Session, person: Person, kids: readonly string[]) {
  const wanted = lackedBy(person, kids);
  const ask = { publicKey: person.public_key, kids: wanted };
  const { keyPrint, grants } = await vault.ask("grant", ask);
  try {
    await letIn(access, person.id, keyPrint, grants);
  } catch (error) {
    throw error instanceof Problem && error.code === "conflict" ? new Problem("other_key") : error;
  }
}

export function usePeople(session: Session) {
  const [people, setPeople] = useState<Loaded | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const latest = useRef(0);

  /** What was asked for last is shown: a slower answer from before must not take its place. */
  async function look(): Promise<void> {
    const turn = ++latest.current;
    setProblem(null);
    try {
      const found = await load(session);
      if (turn === latest.current) setPeople(found);
    } catch (error) {
      setProblem(codeOf(error));
    }
  }

  /** Does something to the people, and looks at them again; true when it was done. */
  async function change(step: () => Promise<void>): Promise<boolean> {
    if (busy) return false;
    setBusy(true);
    setProblem(null);
    const wrong = await step().then(() => null, codeOf);
    await look();
    if (wrong !== null) setProblem(wrong);
    setBusy(false);
    return wrong === null;
  }
  useEffect(() => void change(async () => undefined), []);
  const { access } = session;
  return {
    people,
    busy,
    problem,
    look,
    letIn: (person: Person) => change(() => grantAll(session, person, people?.kids ?? [])),
    endSessions: ({ id }: Person) => change(() => endSessions(access, id)),
    remove: ({ id }: Person) => change(() => removeMember(access, id)),
  };
}

export type Changing = ReturnType<typeof usePeople>;
