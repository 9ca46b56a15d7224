/** Which event the report belongs to: a new one, or one of the same kind in the same district. */
import { useContext, useEffect, useState } from "preact/hooks";
import type { DeskEvent } from "../answers.ts";
import { type Access, fetchEvents } from "../api.ts";
import { adm2Of } from "../areas.ts";
import { eventLabel } from "../eventwords.ts";
import { ProblemNotice } from "../parts/notices.tsx";
import { codeOf } from "../problems.ts";
import { useLang, useText } from "../text.ts";
import { EventWaysContext } from "../useEvents.ts";
import type { OpenedReport } from "../vault/messages.ts";
import { assessmentWord } from "../vocabulary.ts";
import { Choice, Choices, type ControlProps } from "./controls.tsx";
import { gradeOf, isDirect, reportsWith } from "./grade.ts";

interface Events {
  readonly list: readonly DeskEvent[] | null;
  readonly problem: string | null;
  readonly reload: () => void;
}

/** Asks for the events only here, once a reviewer has decided to count the report: district and kind leave anyway then. */
function useEvents(access: Access, kind: string, adm2: string): Events {
  const [list, setList] = useState<readonly DeskEvent[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let wanted = true;
    setList(null);
    setProblem(null);
    if (kind === "" || adm2 === "") return;
    fetchEvents(access, kind, adm2).then(
      (events) => wanted && setList(events),
      (error) => wanted && setProblem(codeOf(error)),
    );
    return () => {
      wanted = false;
    };
  }, [access, kind, adm2, tries]);
  return { list, problem, reload: () => setTries(tries + 1) };
}

/** The choices: a new event, the saved version's own when the list does not hold it, and the list. */
function useChoices({ draft }: ControlProps, list: readonly DeskEvent[]) {
  const lang = useLang();
  const t = useText();
  const chosen = String(draft.values.event_id ?? "");
  const isListed = chosen === draft.newEvent || list.some(({ event_id }) => event_id === chosen);
  const fresh = { code: draft.newEvent, label: t("assess_event_new"), rule: null };
  const kept = { code: chosen, label: t("assess_event_kept"), rule: null };
  const known = list.map((event) => ({
    code: event.event_id,
    label: eventLabel(event, lang),
    rule: t("assess_event_reports", { count: event.reports }),
  }));
  return { chosen, choices: [fresh, ...(isListed ? [] : [kept]), ...known] };
}

/** The way to an event that there is. */
export function SeeEvent({ event }: { readonly event: string }) {
  const t = useText();
  const { open } = useContext(EventWaysContext);
  return (
    <button type="button" class="quiet" data-action="see-event" onClick={() => open(event)}>
      {t("event_see")}
    </button>
  );
}

/** What the vocabulary's rules say of the event, for the grade that the reviewer gives. */
function Derived({ count, direct }: { readonly count: number; readonly direct: boolean }) {
  const lang = useLang();
  const t = useText();
  const grade = gradeOf(count, direct);
  return (
    <p class="fine" role="status" data-part="derived" data-grade={grade}>
      {t("assess_derived", { count, grade: assessmentWord("verification", grade, "", lang) })}
    </p>
  );
}

export function EventField({
  access,
  report,
  ...props
}: ControlProps & { readonly access: Access; readonly report: OpenedReport | null }) {
  const t = useText();
  const { field, draft, onChange } = props;
  const adm2 = adm2Of(String(draft.values.adm3 ?? ""));
  const { list, problem, reload } = useEvents(access, String(draft.values.kind ?? ""), adm2);
  const { chosen, choices } = useChoices(props, list ?? []);
  return (
    <Choices props={props}>
      {choices.map((option) => (
        <Choice
          key={option.code}
          type="radio"
          name="event"
          option={option}
          checked={chosen === option.code}
          onPick={() => onChange(field.code, option.code)}
        />
      ))}
      {chosen !== draft.newEvent && <SeeEvent event={chosen} />}
      {list && (
        <Derived
          count={reportsWith(draft, list.find((each) => each.event_id === chosen)?.reports ?? 0)}
          direct={isDirect(report)}
        />
      )}
      {adm2 === "" && <p class="fine">{t("assess_event_first")}</p>}
      {list?.length === 0 && <p class="fine">{t("assess_event_none")}</p>}
      <ProblemNotice code={problem} onRetry={reload} />
    </Choices>
  );
}
