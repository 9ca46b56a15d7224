/** For administrators: events and their reports, taken out as one locked file. */
import { useState } from "preact/hooks";
import { isTicked } from "../case/choice.ts";
import { CONTENT } from "../parts/focus.ts";
import { Heading } from "../parts/heading.tsx";
import { ProblemNotice, Status } from "../parts/notices.tsx";
import type { Session } from "../session.ts";
import { type TextKey, useText } from "../text.ts";
import {
  type Chosen,
  MOST_REPORTS,
  NOTHING_WANTED,
  useChosen,
  useMaking,
  useSaidSince,
  type Wanted,
} from "../useCase.ts";
import type { Queue } from "../useQueue.ts";
import { CaseEvents } from "./caseevents.tsx";
import { Lock, MadeNotice } from "./caselock.tsx";
import { CaseReports } from "./casereports.tsx";
import { Inside, Reason, With } from "./casewishes.tsx";

export interface CaseScreenProps {
  readonly session: Session;
  readonly queue: Queue;
  /** The first event of the case. */
  readonly id: string;
  readonly back: TextKey;
  readonly onBack: () => void;
}

/** What is still in the way, in words; null when the file can be made. */
function hindranceOf(
  { candidates, ticks }: Chosen,
  isKnown: boolean,
  wanted: Wanted,
): TextKey | null {
  const chosen = candidates.filter((each) => isTicked(ticks, each));
  if (!isKnown) return "case_looking";
  if (chosen.length === 0) return "case_none";
  if (chosen.length > MOST_REPORTS) return "case_many";
  const needsReason = chosen.some(({ heldBack }) => heldBack !== null);
  return needsReason && wanted.reason.trim() === "" ? "case_reason_missing" : null;
}

function Making({
  session,
  queue,
  chosen,
}: Pick<CaseScreenProps, "session" | "queue"> & { readonly chosen: Chosen }) {
  const t = useText();
  const [wanted, onWanted] = useState(NOTHING_WANTED);
  const isKnown = useSaidSince(queue, chosen.candidates);
  const { busy, problem, made, make } = useMaking(session, queue, chosen);
  const hindrance = hindranceOf(chosen, isKnown, wanted);
  return (
    <form
      class="case"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (hindrance === null && !busy) void make(wanted);
      }}
    >
      <ProblemNotice code={queue.problem} onRetry={() => queue.search(() => false)} />
      <Reason chosen={chosen} wanted={wanted} onWanted={onWanted} />
      <With wanted={wanted} onWanted={onWanted} />
      <Inside chosen={chosen} wanted={wanted} />
      <Lock wanted={wanted} onWanted={onWanted} />
      <ProblemNotice code={problem} />
      <div class="actions">
        <button
          type="submit"
          class="primary"
          data-action="make-case"
          aria-disabled={hindrance !== null || busy}
        >
          {t("case_make")}
        </button>
      </div>
      <Status>{busy ? t("case_making") : hindrance && t(hindrance, { most: MOST_REPORTS })}</Status>
      {made && <MadeNotice made={made} />}
    </form>
  );
}

export function CaseScreen({ session, queue, id, back, onBack }: CaseScreenProps) {
  const t = useText();
  const chosen = useChosen(session, queue, id);
  const { busy, problem, candidates } = chosen;
  return (
    <main id={CONTENT} tabIndex={-1} data-screen="case" aria-busy={busy}>
      <div class="bar way">
        <button type="button" class="quiet" data-action="back" onClick={onBack}>
          {t(back)}
        </button>
      </div>
      <article class="sheet case">
        <Heading>{t("case_title")}</Heading>
        <p class="lead">{t("case_lead")}</p>
        <CaseEvents session={session} chosen={chosen} />
        <ProblemNotice code={problem} onRetry={() => chosen.add(id)} />
        <Status>{busy && t("event_opening")}</Status>
        <CaseReports chosen={chosen} queue={queue} />
        {candidates.length > 0 && <Making {...{ session, queue, chosen }} />}
      </article>
    </main>
  );
}
