/** What members wrote about a report, for each other. */
import { useId } from "preact/hooks";
import { hourWords } from "../days.ts";
import { isWritten, MAX_NOTE_CHARS, type ReadNote } from "../notes.ts";
import { Foreign } from "../parts/foreign.tsx";
import { useLang, useText } from "../text.ts";
import type { Assessing } from "../useAssessment.ts";

function Note({ note }: { readonly note: ReadNote }) {
  const lang = useLang();
  const t = useText();
  const { member, day, hour, version, text } = note;
  return (
    <li data-note={note.id} data-version={version}>
      <p class="fine">
        <bdi>{member}</bdi> · <time dateTime={day}>{hourWords(day, hour, lang)}</time>
        {version > 0 && <> · {t("note_version", { version })}</>}
      </p>
      {text === null ? (
        <p class="notice odd">{t("note_locked")}</p>
      ) : (
        <p class="note">
          <Foreign text={text} />
        </p>
      )}
    </li>
  );
}

/** All notes, the oldest first: they read like a talk. */
export function Notes({ notes }: { readonly notes: readonly ReadNote[] }) {
  const t = useText();
  if (notes.length === 0) return null;
  return (
    <section class="versions" data-part="notes">
      <h3>{t("note_title")}</h3>
      <ol>
        {notes.map((note) => (
          <Note key={note.id} note={note} />
        ))}
      </ol>
    </section>
  );
}

const ROWS = 3;

/** The note that goes with the assessment, or alone. */
export function WriteNote({ assessing }: { readonly assessing: Assessing }) {
  const t = useText();
  const id = useId();
  const { kept, busy, write, saveNote } = assessing;
  if (!kept) return null;
  return (
    <div class="field" data-part="write-note">
      <label for={id}>{t("note_label")}</label>
      <p class="fine" id={`${id}-hint`}>
        {t("note_hint")}
      </p>
      <textarea
        id={id}
        rows={ROWS}
        dir="auto"
        maxLength={MAX_NOTE_CHARS}
        value={kept.note.text}
        aria-describedby={`${id}-hint`}
        data-field="note"
        onInput={(event) => write(event.currentTarget.value)}
      />
      {isWritten(kept.note) && (
        <button
          type="button"
          class="quiet"
          data-action="save-note"
          aria-disabled={busy}
          onClick={() => void saveNote()}
        >
          {t("note_save")}
        </button>
      )}
    </div>
  );
}
