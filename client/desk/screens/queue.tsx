/** The queue: what has arrived, the most urgent first, nothing left out. */
import { useMemo } from "preact/hooks";
import type { QueueState } from "../api.ts";
import type { Atlas } from "../areas.ts";
import { ANY, isAny } from "../choice.ts";
import { CONTENT } from "../parts/focus.ts";
import { Heading } from "../parts/heading.tsx";
import { LongList } from "../parts/longlist.tsx";
import { ProblemNotice, Status } from "../parts/notices.tsx";
import { type ReadableRow, unreadable } from "../queue.ts";
import { areasIn, isOpen, type Sieve } from "../sieve.ts";
import { useText } from "../text.ts";
import { MARKS } from "../urgency.ts";
import type { Queue } from "../useQueue.ts";
import type { Sweep } from "../useSweep.ts";
import type { Views } from "../useViews.ts";
import { ChoiceBar } from "./choice.tsx";
import { LockedLine, ReportLine } from "./row.tsx";
import { SieveBar } from "./sieve.tsx";
import { Pick, SweepBar } from "./sweep.tsx";
import { ViewBar } from "./views.tsx";

const STATES: readonly QueueState[] = ["waiting", "assessed", "all"];

function Filter({ queue }: { readonly queue: Queue }) {
  const t = useText();
  return (
    <fieldset class="switch">
      <legend class="unseen">{t("queue_filter")}</legend>
      {STATES.map((state) => (
        <button
          key={state}
          type="button"
          aria-pressed={queue.state === state}
          data-action={`filter-${state}`}
          onClick={() => queue.load({ state, choice: ANY })}
        >
          {t(`queue_${state}`)}
        </button>
      ))}
    </fieldset>
  );
}

const emptyOf = ({ state, choice }: Queue) =>
  isAny(choice) ? (`queue_empty_${state}` as const) : "queue_empty_chosen";

/** What the queue is doing, in words; heard by those who do not see it. `shown` rows are left by the sieve. */
function Doing({
  queue,
  all,
  shown,
}: {
  readonly queue: Queue;
  readonly all: number;
  readonly shown: number | null;
}) {
  const t = useText();
  const { busy, rows, state, ready, arrived } = queue;
  if (busy && busy.total > 0) return <Status>{t("queue_opening", { ...busy })}</Status>;
  if (busy) return <Status>{t("queue_fetching")}</Status>;
  if (!ready) return <Status />;
  const count = all + unreadable(rows, state).length;
  if (count === 0) return <Status>{t(emptyOf(queue))}</Status>;
  return (
    <Status>
      {shown === null ? t("queue_loaded", { count }) : t("queue_sifted", { shown, count })}{" "}
      {arrived > 0 && <span data-arrived={arrived}>{t("queue_arrived", { count: arrived })}</span>}
    </Status>
  );
}

function Progress({ busy }: Pick<Queue, "busy">) {
  const t = useText();
  if (!busy) return null;
  const { done, total } = busy;
  return total > 0 ? (
    <progress value={done} max={total} aria-label={t("loading")} />
  ) : (
    <progress aria-label={t("loading")} />
  );
}

function Rule() {
  const t = useText();
  return (
    <details class="rule">
      <summary>{t("queue_rule")}</summary>
      <p>{t("queue_rule_text")}</p>
      <p class="marks">
        {MARKS.map((mark) => (
          <span key={mark} class="chip hot">
            {t(`urgency_${mark}`)}
          </span>
        ))}
      </p>
    </details>
  );
}

interface Listed {
  readonly queue: Queue;
  readonly atlas: Atlas;
  readonly sweep: Sweep;
  readonly onOpen: (id: string) => void;
}

function Locked({ queue, sweep, onOpen }: Omit<Listed, "atlas">) {
  const t = useText();
  const rows = unreadable(queue.rows, queue.state).filter(
    ({ envelope }) => !sweep.going.has(envelope.id),
  );
  if (rows.length === 0) return null;
  return (
    <section class="locked" data-part="unreadable">
      <h2>{t("queue_locked")}</h2>
      <p class="fine">{t("queue_locked_lead")}</p>
      <ul class="rows">
        {rows.map((row) => (
          <LockedLine
            key={row.envelope.id}
            row={row}
            before={<Pick sweep={sweep} envelope={row.envelope} />}
            among={queue.state}
            onOpen={onOpen}
          />
        ))}
      </ul>
    </section>
  );
}

function More({ queue }: { readonly queue: Queue }) {
  const t = useText();
  if (!queue.ready || queue.busy) return null;
  if (queue.next === null)
    return queue.rows.length > 0 ? <p class="fine">{t("queue_end")}</p> : null;
  return (
    <button type="button" class="more" data-action="more" onClick={queue.more}>
      {t("queue_more")}
    </button>
  );
}

/** `rows` are those of `all` that the sieve lets pass; `returnTo` is the report that was open before. */
export function QueueScreen({
  queue,
  all,
  rows,
  sieve,
  atlas,
  sweep,
  views,
  onSieve,
  onOpen,
  returnTo,
}: Listed & {
  readonly views: Views;
  readonly all: readonly ReadableRow[];
  readonly rows: readonly ReadableRow[];
  readonly sieve: Sieve;
  readonly onSieve: (sieve: Sieve) => void;
  readonly returnTo: string | null;
}) {
  const t = useText();
  const again = { state: queue.state, choice: queue.choice };
  const areas = useMemo(() => areasIn(all, atlas), [all, atlas]);
  const shown = rows.filter(({ envelope }) => !sweep.going.has(envelope.id));
  return (
    <main id={CONTENT} tabIndex={-1} data-screen="queue" aria-busy={queue.busy !== null}>
      <div class="bar">
        <Heading>{t("queue_title")}</Heading>
        <Filter queue={queue} />
        <button type="button" class="quiet" data-action="refresh" onClick={() => queue.load(again)}>
          {t("queue_refresh")}
        </button>
      </div>
      {queue.state === "assessed" && (
        <ChoiceBar
          choice={queue.choice}
          onChoice={(choice) => queue.load({ state: "assessed", choice })}
        />
      )}
      <SieveBar sieve={sieve} areas={areas} onSieve={onSieve} />
      <ViewBar
        kept={views}
        now={{ ...again, sieve }}
        onTake={({ sieve: taken, state, choice }) => {
          onSieve(taken);
          queue.load({ state, choice });
        }}
      />
      <Doing queue={queue} all={all.length} shown={isOpen(sieve) ? null : shown.length} />
      <Progress busy={queue.busy} />
      <ProblemNotice
        code={queue.problem}
        onRetry={queue.rows.length > 0 ? queue.more : () => queue.load(again)}
      />
      {queue.state === "waiting" && <SweepBar sweep={sweep} />}
      <LongList
        part="reports"
        items={shown}
        keyOf={({ envelope }) => envelope.id}
        returnTo={returnTo}
      >
        {(row, at) => (
          <ReportLine
            key={row.envelope.id}
            row={row}
            at={at}
            before={<Pick sweep={sweep} envelope={row.envelope} />}
            among={queue.state}
            atlas={atlas}
            threads={queue.threads}
            onOpen={onOpen}
          />
        )}
      </LongList>
      <Locked queue={queue} sweep={sweep} onOpen={onOpen} />
      <More queue={queue} />
      <Rule />
    </main>
  );
}
