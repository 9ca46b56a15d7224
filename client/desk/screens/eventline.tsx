/** One line of the events. */
import type { DeskEvent } from "../answers.ts";
import { dayWords } from "../days.ts";
import { Glyph } from "../parts/glyph.tsx";
import type { RowProps } from "../parts/longlist.tsx";
import { areaWords } from "../placed.ts";
import { useLang, useText } from "../text.ts";
import { assessmentWord } from "../vocabulary.ts";
import { seenKind } from "./tallies.tsx";

export function EventLine({
  event,
  at,
  onOpen,
}: {
  readonly event: DeskEvent;
  /** Where the line stands in a long list. */
  readonly at?: RowProps;
  readonly onOpen: (id: string) => void;
}) {
  const lang = useLang();
  const t = useText();
  const { event_id, kind, category, adm3, day, severity, verification, reports } = event;
  return (
    <li {...at} class="row" data-event={event_id} data-kind={kind}>
      <button type="button" class="line" data-action="open-event" onClick={() => onOpen(event_id)}>
        <span class="where">
          <strong>{assessmentWord("category", category, kind, lang)}</strong>
          <span class="area">{areaWords(adm3, lang)}</span>
        </span>
        <span class="what">
          <span>
            <Glyph kind={kind} isFilled={true} /> <span class="kind">{seenKind(kind, lang)}</span>
          </span>
          <span class="fine">
            {t("event_severity", {
              severity,
              words: assessmentWord("severity", severity, kind, lang),
            })}{" "}
            · {assessmentWord("verification", verification, kind, lang)}
          </span>
        </span>
        <span class="side">
          <time class="received" dateTime={day}>
            {dayWords(day, lang)}
          </time>
          <span class="chip">{t("assess_event_reports", { count: reports })}</span>
        </span>
      </button>
    </li>
  );
}
