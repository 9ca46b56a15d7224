/** Views of the queue: taking one up, keeping what is shown now under a name, giving one up. */
import { useId, useRef, useState } from "preact/hooks";
import { ProblemNotice, Status } from "../parts/notices.tsx";
import { useText } from "../text.ts";
import type { Views } from "../useViews.ts";
import { MAX_NAME_CHARS, type View } from "../views.ts";

function Kept({
  view,
  onTake,
  onRemove,
}: {
  readonly view: View;
  readonly onTake: () => void;
  readonly onRemove: () => void;
}) {
  const t = useText();
  return (
    <li data-view={view.name}>
      <button type="button" data-action="take-view" onClick={onTake}>
        <bdi>{view.name}</bdi>
      </button>
      <button
        type="button"
        class="quiet"
        data-action="remove-view"
        aria-label={t("view_remove", { name: view.name })}
        onClick={onRemove}
      >
        ×
      </button>
    </li>
  );
}

/** Names what is shown now. */
function Naming({ onKeep }: { readonly onKeep: (name: string) => Promise<boolean> }) {
  const t = useText();
  const id = useId();
  const [name, setName] = useState("");
  const [told, setTold] = useState(false);
  async function keep() {
    const trimmed = name.trim();
    if (trimmed === "") return;
    const isKept = await onKeep(trimmed);
    setTold(isKept);
    if (isKept) setName("");
  }
  return (
    <form
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      <div class="field">
        <label for={id}>{t("view_name")}</label>
        <input
          id={id}
          type="text"
          dir="auto"
          maxLength={MAX_NAME_CHARS}
          value={name}
          data-field="view-name"
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </div>
      <button type="submit" class="quiet" data-action="keep-view">
        {t("view_keep")}
      </button>
      <Status>{told && t("view_kept")}</Status>
    </form>
  );
}

/** `now` is what is shown. */
export function ViewBar({
  kept,
  now,
  onTake,
}: {
  readonly kept: Views;
  readonly now: Omit<View, "name">;
  readonly onTake: (view: View) => void;
}) {
  const t = useText();
  const { views, problem, keep, remove } = kept;
  const summary = useRef<HTMLElement>(null);
  // The button that had the focus goes with its view.
  const removeNow = async (name: string) => (await remove(name)) && summary.current?.focus();
  return (
    <>
      <details class="views" data-part="views">
        <summary ref={summary}>{t("view_title")}</summary>
        <p class="fine">{t("view_lead")}</p>
        {views.length > 0 && (
          <ul class="named">
            {views.map((view) => (
              <Kept
                key={view.name}
                view={view}
                onTake={() => onTake(view)}
                onRemove={() => void removeNow(view.name)}
              />
            ))}
          </ul>
        )}
        <Naming onKeep={(name) => keep({ ...now, name })} />
      </details>
      <ProblemNotice code={problem} />
    </>
  );
}
