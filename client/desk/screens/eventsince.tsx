/** What senders said of an event's reports since: nobody reads the event without it. */
import { dayWords } from "../days.ts";
import { FOLLOW_UPS, type FollowUp, followUpOf } from "../followups.ts";
import { ProblemNotice } from "../parts/notices.tsx";
import type { ReadableRow } from "../queue.ts";
import type { Witness } from "../seeing/witnesses.ts";
import { useLang, useText } from "../text.ts";
import { threadOf } from "../thread.ts";
import type { Queue } from "../useQueue.ts";

/** What changes an event; a reply may. */
interface Said {
  readonly number: number;
  readonly row: ReadableRow;
  readonly what: FollowUp;
}

/** Each once, though two reports of the event may be of one sender; the gravest first. */
function saidIn(witnesses: readonly Witness[], { threads }: Queue): readonly Said[] {
  const said = new Map<string, Said>();
  for (const { number, row } of witnesses) {
    for (const each of threadOf(threads, row).followUps) {
      const what = followUpOf(each.opened.report);
      const { id } = each.envelope;
      if (what && id !== row.envelope.id && !said.has(id))
        said.set(id, { number, row: each, what });
    }
  }
  const gravity = ({ what }: Said) => FOLLOW_UPS.indexOf(what);
  return [...said.values()].sort((one, other) => gravity(one) - gravity(other));
}

interface SinceProps {
  readonly witnesses: readonly Witness[];
  readonly queue: Queue;
  readonly onOpen: (id: string) => void;
}

function Line({ said, onOpen }: { readonly said: Said } & Pick<SinceProps, "onOpen">) {
  const lang = useLang();
  const t = useText();
  const { number, row, what } = said;
  return (
    <li data-since={what} data-envelope={row.envelope.id}>
      <strong>{t(`said_${what}`)}</strong>{" "}
      {t("event_since_of", { number, day: dayWords(row.envelope.day, lang) })}{" "}
      <button
        type="button"
        class="quiet"
        data-action="open-since"
        onClick={() => onOpen(row.envelope.id)}
      >
        {t("event_since_open")}
      </button>
    </li>
  );
}

/** What was said, and a way to look for what was said and is not open in this window. */
export function Since({ witnesses, queue, onOpen }: SinceProps) {
  const t = useText();
  const said = saidIn(witnesses, queue);
  const canSay = witnesses.some(({ row }) => row.opened.report.mailbox !== null);
  return (
    <>
      {said.length > 0 && (
        <section class="notice bad" data-part="since" aria-label={t("event_since")}>
          <h2>{t("event_since")}</h2>
          <ul class="said-list">
            {said.map((each) => (
              <Line key={each.row.envelope.id} said={each} onOpen={onOpen} />
            ))}
          </ul>
        </section>
      )}
      {canSay && (
        <p class="fine">
          {t("event_since_known")}{" "}
          <button
            type="button"
            class="quiet"
            data-action="search-since"
            aria-disabled={queue.busy !== null}
            onClick={() => queue.busy === null && queue.search(() => false)}
          >
            {queue.busy ? t("queue_fetching") : t("event_since_search")}
          </button>
        </p>
      )}
      <ProblemNotice code={queue.problem} />
    </>
  );
}
