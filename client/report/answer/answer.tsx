/**
 * The part `answer`: reads the desk's letter with a code, from any phone, and sends what there is to say after the first
 * report. Fetched when somebody first goes there, as the global `amanaAnswer`: without a network there is nothing to read.
 */
import { useState } from "preact/hooks";
import { Frame } from "../screens/frame.tsx";
import { change, read } from "../state.ts";
import { strings } from "../words.ts";
import { Entry } from "./entry.tsx";
import { FollowUps } from "./followups.tsx";
import { Written } from "./letter.tsx";
import { type Box, type Found, lookInto, openBox } from "./look.ts";
import { answerStrings } from "./words.ts";

export function Answer() {
  const [box, setBox] = useState<Box | null>(null);
  const [found, setFound] = useState<Found | null>(null);
  const [busy, setBusy] = useState(false);
  const words = answerStrings();

  /** One look at a time. */
  async function look(open: () => Promise<Box>): Promise<void> {
    if (busy) return;
    setBusy(true);
    const opened = await open();
    const letter = await lookInto(opened);
    change({ code: opened.code });
    setBox(opened);
    setFound(letter);
    setBusy(false);
  }

  return (
    <Frame title={words.title}>
      {!read().sealing && <p class="notice">{strings().needPart}</p>}
      {box && found ? (
        <>
          <Written found={found} />
          <Again busy={busy} look={() => void look(async () => box)} />
          <FollowUps box={box} />
          <Forget box={box} leave={() => setBox(null)} />
        </>
      ) : (
        <Entry busy={busy} look={(code) => void look(() => openBox(code))} />
      )}
    </Frame>
  );
}

function Again({ busy, look }: { busy: boolean; look: () => void }) {
  const words = answerStrings();
  return (
    <button type="button" class="second" data-act="look-again" onClick={look}>
      {busy ? words.looking : words.again}
    </button>
  );
}

/** Where the code is remembered, and the way to another one. */
function Forget({ box, leave }: { box: Box; leave: () => void }) {
  const { annex } = read();
  return (
    <>
      <hr />
      {annex && <annex.Keep code={box.code} />}
      <button type="button" class="quiet" data-act="other-code" onClick={leave}>
        {answerStrings().other}
      </button>
    </>
  );
}
