/** The sender and the desk: what one said after the report, what the other answered, and the next answer. */
import { useEffect } from "preact/hooks";
import type { Letter } from "../../shared/mailbox.ts";
import { dayWords } from "../days.ts";
import { followUpOf } from "../followups.ts";
import { Foreign } from "../parts/foreign.tsx";
import { ProblemNotice, Status } from "../parts/notices.tsx";
import type { ReadableRow } from "../queue.ts";
import { useLang, useText } from "../text.ts";
import { type Threads, threadOf } from "../thread.ts";
import type { Letters } from "../useLetters.ts";
import type { Queue } from "../useQueue.ts";
import { Answer } from "./letter.tsx";

export interface CorrespondenceProps {
  readonly row: ReadableRow;
  readonly queue: Queue;
  readonly letters: Letters;
  readonly onOpen: (id: string) => void;
}

function Day({ day }: { readonly day: string }) {
  const lang = useLang();
  return <time dateTime={day}>{dayWords(day, lang)}</time>;
}

/** One report of the thread; the one that is being read is not opened again. */
function FromSender({
  row: { envelope, opened },
  isOpen,
  onOpen,
}: {
  readonly row: ReadableRow;
  readonly isOpen: boolean;
  readonly onOpen: (id: string) => void;
}) {
  const t = useText();
  const code = followUpOf(opened.report);
  const name = code === null ? t("thread_first") : t(`follows_${code}`);
  const { note } = opened.report.answers;
  return (
    <li data-from="sender" data-related={envelope.id}>
      <small>
        {t("thread_sender")} · <Day day={envelope.day} />
      </small>
      {isOpen ? (
        <strong>{name}</strong>
      ) : (
        <button
          type="button"
          class="quiet"
          data-action="open-related"
          onClick={() => onOpen(envelope.id)}
        >
          {name}
        </button>
      )}
      {code !== null && typeof note === "string" && <Foreign text={note} />}
    </li>
  );
}

function FromDesk({ day, text }: Letter["words"][number]) {
  const t = useText();
  return (
    <li data-from="desk">
      <small>
        {t("thread_desk")} · <Day day={day} />
      </small>
      <span class="foreign" dir="auto">
        {text}
      </span>
    </li>
  );
}

/** Everything said so far, day by day. Of what was said on one day the sender's words stand first. */
function Said({ row, queue, onOpen, letter }: CorrespondenceProps & { readonly letter: Letter }) {
  const { first, followUps } = threadOf(queue.threads, row);
  const theirs = [...(first ? [first] : []), ...followUps].map((each) => ({
    day: each.envelope.day,
    view: (
      <FromSender
        key={each.envelope.id}
        row={each}
        isOpen={each.envelope.id === row.envelope.id}
        onOpen={onOpen}
      />
    ),
  }));
  const ours = letter.words.map((words, at) => ({
    day: words.day,
    view: <FromDesk key={`words-${at}`} {...words} />,
  }));
  const ordered = [...theirs, ...ours].sort((one, other) => one.day.localeCompare(other.day));
  return <ol class="thread">{ordered.map(({ view }) => view)}</ol>;
}

/** Reports of the same code may not be among those opened so far. */
function Search({ row, queue }: Pick<CorrespondenceProps, "row" | "queue">) {
  const t = useText();
  const { busy, problem } = queue;
  const { mailbox } = row.opened.report;
  const isFollowUp = followUpOf(row.opened.report) !== null;
  const isThere = (threads: Threads) => isFollowUp && threadOf(threads, row).first !== null;
  if (isThere(queue.threads)) return null;
  return (
    <>
      <button
        type="button"
        class="quiet"
        data-action="search"
        disabled={busy !== null || mailbox === null}
        onClick={() => queue.search(isThere)}
      >
        {isFollowUp ? t("thread_search_first") : t("thread_search")}
      </button>
      <Status>{busy && t("queue_opening", { ...busy })}</Status>
      <ProblemNotice code={problem} />
    </>
  );
}

export function Correspondence(props: CorrespondenceProps) {
  const t = useText();
  const { letters } = props;
  const { mailbox } = props.row.opened.report;
  useEffect(() => letters.look(mailbox ? [mailbox] : []), [mailbox]);
  if (mailbox === null) return null;
  const held = letters.held.get(mailbox);
  return (
    <section class="correspondence" data-part="correspondence">
      <h2>{t("thread_title")}</h2>
      <p class="fine">{t("thread_lead")}</p>
      {held ? (
        <>
          <p data-told={held.letter.state}>
            {t("thread_told", { state: t(`told_${held.letter.state}`) })}
          </p>
          <Said {...props} letter={held.letter} />
          <Search {...props} />
          <Answer mailbox={mailbox} sender={props.row.opened.report.lang} letters={letters} />
        </>
      ) : (
        <>
          <Status>{letters.problem === null && t("loading")}</Status>
          <ProblemNotice code={letters.problem} onRetry={() => letters.look([mailbox])} />
        </>
      )}
    </section>
  );
}
