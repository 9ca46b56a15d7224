/** What there is to say after the first report. Each of these is a sealed report like the first, with its mailbox. */
import { useState } from "preact/hooks";
import { type Follows, MAX_NOTE_CHARS } from "../../shared/report.ts";
import { buildId, chooseKind, draft, edit, isBegun } from "../actions.ts";
import { clock } from "../clock.ts";
import { PRIVATE } from "../form/common.tsx";
import { change, read } from "../state.ts";
import { labels, strings } from "../words.ts";
import type { Box } from "./look.ts";
import { answerStrings } from "./words.ts";

const FIELD = "reply";
const ROWS = 4;
/** What takes a second tap. */
const GRAVE = ["no_longer_true", "withdraw"] as const;

/** Seals what is said and keeps it like any report. */
async function say({ code, secret }: Box, follows: Follows, note: string): Promise<void> {
  const { sealing, language, busy } = read();
  if (!sealing || busy) return;
  change({ busy: true, sealFailed: false });
  const said = { v: 1, lang: language.lang, app: buildId(), made: clock.today() } as const;
  const answers = note === "" ? {} : { note };
  try {
    const done = await sealing.seal({ ...said, follows, answers, mailbox: secret });
    if (follows === "reply") keepReply(code, "");
    change({ busy: false, removing: "", done, codeFor: "", screen: "done" });
  } catch {
    change({ busy: false, sealFailed: true });
  }
}

/** A reply that is not sent yet waits in this window, whatever screen is shown meanwhile. */
const keepReply = (code: string, text: string): void =>
  change({ replies: { ...read().replies, [code]: text } });

export function FollowUps({ box }: { box: Box }) {
  const { view, sealFailed } = read();
  const words = answerStrings();
  if (!view || view.need) return <p class="notice">{strings().needKeys}</p>;
  return (
    <>
      <Reply box={box} />
      <h2>{words.changeTitle}</h2>
      <p class="hint">{words.changeText}</p>
      <Correct box={box} />
      {GRAVE.map((follows) => (
        <Grave key={follows} box={box} follows={follows} />
      ))}
      <p class="error" role="alert">
        {sealFailed && strings().sealFailed}
      </p>
    </>
  );
}

function Reply({ box }: { box: Box }) {
  const text = read().replies[box.code] ?? "";
  const words = answerStrings();
  const note = text.trim();
  return (
    <form
      autocomplete="off"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (note) void say(box, "reply", note);
      }}
    >
      <h2>
        <label for={FIELD}>{words.reply}</label>
      </h2>
      <textarea
        {...PRIVATE}
        id={FIELD}
        rows={ROWS}
        dir="auto"
        maxLength={MAX_NOTE_CHARS}
        value={text}
        data-reply
        onInput={({ currentTarget: { value } }) => keepReply(box.code, value)}
      />
      <button type="submit" class="second" data-act="reply" disabled={note === "" || read().busy}>
        {words.send}
      </button>
    </form>
  );
}

/** The report of a kind that was begun and is not this correction: it keeps its answers. */
function isInTheWay(kind: string, { code }: Box): boolean {
  const before = read().drafts[kind];
  const mailbox = before?.mailbox;
  const goesOn = mailbox?.corrects && (mailbox.code === "" || mailbox.code === code);
  return !!before && isBegun(before) && !goesOn;
}

function beginCorrection(kind: string, { code, secret }: Box): void {
  chooseKind(kind);
  edit({ ...draft(), mailbox: { code, secret: Promise.resolve(secret), corrects: true } });
}

/** A correction is the form once more: nobody can open what was sealed on this phone. */
function Correct({ box }: { box: Box }) {
  const [open, setOpen] = useState(false);
  const [blocking, setBlocking] = useState("");
  const words = answerStrings();
  const begin = (kind: string): void => {
    if (isInTheWay(kind, box)) setBlocking(kind);
    else beginCorrection(kind, box);
  };
  return (
    <>
      <button
        type="button"
        class="second"
        data-act="correct"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {words.correct}
      </button>
      {open && (
        <>
          <p>{words.correctText}</p>
          <div class="kinds">
            {Object.entries(labels().kinds).map(([kind, { label }]) => (
              <button key={kind} type="button" data-correct={kind} onClick={() => begin(kind)}>
                {label}
              </button>
            ))}
          </div>
          <p class="notice" role="status">
            {blocking && words.inTheWay}
          </p>
          {blocking && (
            <button
              type="button"
              class="second"
              data-act="in-the-way"
              onClick={() => chooseKind(blocking)}
            >
              {words.toInTheWay}
            </button>
          )}
        </>
      )}
    </>
  );
}

function Grave({ box, follows }: { box: Box; follows: (typeof GRAVE)[number] }) {
  const words = answerStrings();
  const isAsked = read().removing === follows;
  const [ask, sure] = {
    no_longer_true: [words.over, words.overSure],
    withdraw: [words.withdraw, words.withdrawSure],
  }[follows];
  return (
    <button
      type="button"
      class={isAsked ? "main" : "second"}
      data-act={isAsked ? `${follows}-sure` : follows}
      disabled={read().busy}
      onClick={() => (isAsked ? void say(box, follows, "") : change({ removing: follows }))}
    >
      {isAsked ? sure : ask}
    </button>
  );
}
