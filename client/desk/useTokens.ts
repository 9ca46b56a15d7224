/** The tokens of programs: which there are, making one, revoking one. */
import { useEffect, useState } from "preact/hooks";
import type { KnownToken } from "./answers.ts";
import { fetchTokens, makeToken, type NewToken, revokeToken } from "./api.ts";
import { today } from "./clock.ts";
import { codeOf } from "./problems.ts";
import type { Session } from "./session.ts";

/** A token that was made just now: shown once. */
export interface MadeToken {
  readonly name: string;
  readonly token: string;
}

/** Whether its time is over. */
export const isOver = ({ until }: KnownToken): boolean => until !== null && until < today();

export interface Tokens {
  readonly known: readonly KnownToken[];
  readonly made: MadeToken | null;
  readonly busy: boolean;
  readonly problem: string | null;
  readonly look: () => void;
  /** False when it was not made. */
  readonly make: (wanted: NewToken) => Promise<boolean>;
  readonly revoke: (id: number) => void;
}

export function useTokens({ access }: Session): Tokens {
  const [known, setKnown] = useState<Tokens["known"]>([]);
  const [made, setMade] = useState<MadeToken | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  /** Does something, then shows which tokens there are. */
  async function work(step: () => Promise<void>): Promise<boolean> {
    setBusy(true);
    setProblem(null);
    try {
      await step();
      setKnown(await fetchTokens(access));
      return true;
    } catch (error) {
      setProblem(codeOf(error));
      return false;
    } finally {
      setBusy(false);
    }
  }

  const look = () => void work(() => Promise.resolve());
  useEffect(look, []);
  return {
    known,
    made,
    busy,
    problem,
    look,
    make: (wanted) =>
      work(async () => setMade({ name: wanted.name, token: await makeToken(access, wanted) })),
    revoke: (id) => void work(() => revokeToken(access, id)),
  };
}
