/** Who works on which report: a help against doing things twice. When it fails nothing is said, and nothing else fails. */
import { createContext } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Claimed } from "./answers.ts";
import { claimReport, fetchClaims, releaseReport } from "./api.ts";
import type { Session } from "./session.ts";
import { useLooking } from "./useLooking.ts";

/** Names of members by the envelope that they work on. */
export type Claims = ReadonlyMap<string, string>;

export const ClaimsContext = createContext<Claims>(new Map());

/** Milliseconds between two renewals, well below the server's five minutes. */
const RENEW_MS = 60_000;

/** Why a claim is taken from a colleague. */
export const REASONS = ["agreed", "absent", "urgent"] as const;
export type Reason = (typeof REASONS)[number];

/** Everybody's claims; none for a member who reads no reports. */
export function useClaims({ access, readsReports, member }: Session): Claims {
  const [claims, setClaims] = useState<Claims>(new Map());
  function look() {
    if (!readsReports) return;
    fetchClaims(access).then(
      (found) => {
        const others = found.filter((each) => each.member !== member.name);
        setClaims(new Map(others.map(({ id, member: name }) => [id, name])));
      },
      () => undefined,
    );
  }
  useEffect(look, []);
  useLooking(look);
  return claims;
}

/** Claims a report for as long as it is open; `held` is null before the server has said whose it is. */
export function useClaim({ access }: Session, id: string) {
  const [held, setHeld] = useState<Claimed | null>(null);
  // One after the other: a claim that came behind its own release would stay.
  const last = useRef<Promise<void>>(Promise.resolve());
  const then = (step: () => Promise<void>): void => {
    last.current = last.current.then(step).catch(() => undefined);
  };
  const claim = (taking: Reason | null) =>
    then(async () => setHeld(await claimReport(access, id, taking)));
  useEffect(() => {
    claim(null);
    return () => then(() => releaseReport(access, id));
  }, []);
  useLooking(() => claim(null), RENEW_MS);
  return { held, take: (reason: Reason) => claim(reason) };
}
