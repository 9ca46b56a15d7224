/** Writing to the sender, or only telling where the report stands. */
import { useId, useState } from "preact/hooks";
import { type Letter, MAX_TEXT_CHARS } from "../../shared/mailbox.ts";
import { today } from "../clock.ts";
import { say } from "../letter.ts";
import { ProblemNotice, Status } from "../parts/notices.tsx";
import { answerLanguage, readyIn, withReady } from "../ready.ts";
import { ownName, type TextKey, useLang, useText } from "../text.ts";
import type { Letters } from "../useLetters.ts";

type State = Letter["state"];

/** What a reviewer can tell about where the report stands. */
const TOLD: readonly State[] = ["opened", "closed"];
const ROWS = 4;

/** One letter at a time; a second press while the first is on its way does nothing. */
function useSending(mailbox: string, letters: Letters) {
  const [doing, setDoing] = useState<TextKey | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const busy = doing === "answer_sending";

  async function send(state: State, text: string): Promise<boolean> {
    if (busy) return false;
    setDoing("answer_sending");
    const failed = await letters.write(mailbox, say(state, text, today()));
    setProblem(failed);
    setDoing(failed ? null : "answer_sent");
    return failed === null;
  }

  return { doing, problem, busy, send };
}

function Words({
  text,
  onInput,
}: {
  readonly text: string;
  readonly onInput: (text: string) => void;
}) {
  const t = useText();
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{t("answer_text")}</label>
      <textarea
        id={id}
        rows={ROWS}
        dir="auto"
        maxLength={MAX_TEXT_CHARS}
        value={text}
        data-part="answer-text"
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  );
}

function Told({
  state,
  onState,
}: {
  readonly state: State;
  readonly onState: (state: State) => void;
}) {
  const t = useText();
  return (
    <fieldset class="switch">
      <legend>{t("answer_state")}</legend>
      {TOLD.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={state === each}
          data-action={`tell-${each}`}
          onClick={() => onState(each)}
        >
          {t(`told_${each}`)}
        </button>
      ))}
    </fieldset>
  );
}

/** Ready words are chosen in the desk's language and put down in the sender's. */
function ReadyWords({
  sender,
  onChoose,
}: {
  readonly sender: string;
  readonly onChoose: (name: string, language: string) => void;
}) {
  const lang = useLang();
  const t = useText();
  const id = useId();
  const language = answerLanguage(sender, lang);
  return (
    <div class="field">
      <label for={id}>{t("answer_ready", { language: ownName(language) ?? language })}</label>
      <select
        id={id}
        value=""
        autocomplete="off"
        data-part="answer-ready"
        onChange={(event) => {
          onChoose(event.currentTarget.value, language);
          event.currentTarget.value = "";
        }}
      >
        <option value="">{t("assess_choose")}</option>
        {readyIn(lang).map(({ name, words }) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

/** `sender` is the language that the report was written in. */
export function Answer({
  mailbox,
  sender,
  letters,
}: {
  readonly mailbox: string;
  readonly sender: string;
  readonly letters: Letters;
}) {
  const t = useText();
  const [text, setText] = useState(() => letters.unsent.get(mailbox) ?? "");
  const [state, setState] = useState<State>("opened");
  const { doing, problem, busy, send } = useSending(mailbox, letters);

  function write(next: string) {
    letters.unsent.set(mailbox, next);
    setText(next);
  }

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const isSent = await send(state, text.trim());
    if (isSent && letters.unsent.get(mailbox) === text) write("");
  }

  return (
    <form autocomplete="off" data-form="answer" onSubmit={submit}>
      <ReadyWords
        sender={sender}
        onChoose={(name, language) => write(withReady(text, name, language))}
      />
      <Words text={text} onInput={write} />
      <Told state={state} onState={setState} />
      <ProblemNotice code={problem} />
      <button type="submit" class="primary" data-action="answer" aria-disabled={busy}>
        {t("answer_send")}
      </button>
      <Status>{doing && t(doing)}</Status>
    </form>
  );
}
