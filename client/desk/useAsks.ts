/** What signing in still wants of the member, for a screen to show in the place of the passphrase. */
import { useMemo, useState } from "preact/hooks";
import type { FactorWanted } from "./answers.ts";
import { type Access, type FactorProof, Problem } from "./api.ts";
import type { Asks } from "./session.ts";

/** The code of a sign-in that the member gave up. */
const GIVEN_UP = "given_up";

interface FactorAsked {
  readonly kind: "factor";
  readonly wanted: FactorWanted;
  /** Why the last proof did not do. */
  readonly problem: string | null;
  /** A proof was given and the server has not said yet what it makes of it. */
  readonly busy: boolean;
  readonly onProof: (proof: FactorProof) => void;
  readonly onGiveUp: () => void;
}

interface EnrolAsked {
  readonly kind: "enrol";
  readonly access: Access;
  readonly name: string;
  readonly onAdded: () => void;
  readonly onGiveUp: () => void;
}

export type Asked = FactorAsked | EnrolAsked;

/** `asked` is null while nothing is; `finish` says that signing in has ended, well or not. */
export function useAsks() {
  const [asked, setAsked] = useState<Asked | null>(null);
  const asks = useMemo<Asks>(
    () => ({
      factor: (wanted, problem) =>
        new Promise((resolve, reject) => {
          const onGiveUp = () => reject(new Problem(GIVEN_UP));
          const onProof = (proof: FactorProof) => {
            setAsked({ ...ask, problem: null, busy: true });
            resolve(proof);
          };
          const ask = { kind: "factor", wanted, problem, busy: false, onProof, onGiveUp } as const;
          setAsked(ask);
        }),
      enrol: (access, name) =>
        new Promise((onAdded, reject) => {
          const onGiveUp = () => reject(new Problem(GIVEN_UP));
          setAsked({ kind: "enrol", access, name, onAdded, onGiveUp });
        }),
    }),
    [],
  );
  return { asked, asks, finish: () => setAsked(null) };
}

/** The code of a problem to show: a member who gave up knows it. */
export const shownProblem = (code: string): string | null => (code === GIVEN_UP ? null : code);
