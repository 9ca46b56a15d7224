/** The events of a case, and adding one. */
import { useEffect, useId } from "preact/hooks";
import type { CaseReport } from "../answers.ts";
import { eventLabel } from "../eventwords.ts";
import type { Session } from "../session.ts";
import { type Lang, useLang, useText } from "../text.ts";
import type { Chosen } from "../useCase.ts";
import { useEvents } from "../useEvents.ts";

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** An event as the newest assessment that says what it was tells it. */
function labelOf(reports: readonly CaseReport[], lang: Lang): string {
  const told = reports
    .flatMap(({ assessments }) => assessments)
    .filter(({ fields }) => fields.kind);
  const { kind, category, adm3, day } = told.at(-1)?.fields ?? {};
  const fields = { kind, category, adm3, day };
  const texts = Object.entries(fields).map(([name, value]) => [name, textOf(value)]);
  return eventLabel(Object.fromEntries(texts), lang);
}

function Add({ session, chosen }: { readonly session: Session; readonly chosen: Chosen }) {
  const lang = useLang();
  const t = useText();
  const id = useId();
  const { value, load } = useEvents(session);
  useEffect(load, []);
  const others = value?.filter(({ event_id }) => !chosen.events.has(event_id)) ?? [];
  if (others.length === 0) return null;
  return (
    <div class="field">
      <label for={id}>{t("case_add")}</label>
      <select
        id={id}
        value=""
        autocomplete="off"
        data-field="add-event"
        onChange={({ currentTarget }) => {
          chosen.add(currentTarget.value);
          currentTarget.value = "";
        }}
      >
        <option value="">—</option>
        {others.map((event) => (
          <option key={event.event_id} value={event.event_id}>
            {eventLabel(event, lang)}
          </option>
        ))}
      </select>
    </div>
  );
}

export function CaseEvents(props: { readonly session: Session; readonly chosen: Chosen }) {
  const lang = useLang();
  const t = useText();
  const { events, drop } = props.chosen;
  return (
    <section>
      <h2>{t("case_events")}</h2>
      <ul class="said-list">
        {[...events].map(([event, reports]) => (
          <li key={event} data-event={event}>
            <strong>{labelOf(reports, lang)}</strong>{" "}
            {events.size > 1 && (
              <button
                type="button"
                class="quiet"
                data-action="drop-event"
                onClick={() => drop(event)}
              >
                {t("case_drop")}
              </button>
            )}
          </li>
        ))}
      </ul>
      <Add {...props} />
    </section>
  );
}
