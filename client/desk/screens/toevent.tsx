/** From a report to its event. */
import { useContext, useState } from "preact/hooks";
import { codeOf, problemWords } from "../problems.ts";
import { useLang, useText } from "../text.ts";
import { EventWaysContext } from "../useEvents.ts";

/** The way to the event of a report that was assessed; which one it is, the server is asked only then. */
export function ToEvent({ id }: { readonly id: string }) {
  const t = useText();
  const lang = useLang();
  const { openOf } = useContext(EventWaysContext);
  const [told, setTold] = useState<string | null>(null);
  async function open() {
    const found = await openOf(id).catch((error: unknown) => problemWords(codeOf(error), lang));
    if (found !== true) setTold(found || t("row_event_none"));
  }
  return (
    <span class="to-event">
      <button type="button" class="quiet low" data-action="to-event" onClick={() => void open()}>
        {t("row_event")}
      </button>
      <span role="status" class="fine">
        {told}
      </span>
    </span>
  );
}
