/** "Erase": everything that this app has put on the phone, with one tap more; and what is to become of unsent reports. */
import { useEffect, useState } from "preact/hooks";
import { erase, keepReports, keepsReports } from "../erase.ts";
import { PRIVATE } from "../form/common.tsx";
import { mayArrive } from "../screens/fate.tsx";
import { Frame } from "../screens/frame.tsx";
import { read } from "../state.ts";
import { annexStrings } from "./words.ts";

export function Settings() {
  const { view } = read();
  const words = annexStrings();
  const waiting = view?.waiting.filter(({ fate }) => mayArrive(fate)).length ?? 0;
  return (
    <Frame title={words.eraseTitle}>
      <p>{words.eraseText}</p>
      <button
        type="button"
        class="main"
        data-act="erase"
        onClick={() => erase(view === null || waiting > 0)}
      >
        {words.erase}
      </button>
      <Unsent waiting={waiting > 0} />
      <p class="hint">{words.eraseLeft}</p>
    </Frame>
  );
}

/** Decided here and now, so that nothing has to be asked when there is no time. */
function Unsent({ waiting }: { waiting: boolean }) {
  const [keep, setKeep] = useState(false);
  const words = annexStrings();
  useEffect(() => void keepsReports().then(setKeep), []);
  const choice = (value: boolean, text: string) => (
    <label class="option" data-unsent={value ? "keep" : "erase"}>
      <input
        type="radio"
        name="unsent"
        checked={keep === value}
        onChange={() => void keepReports(value).then(setKeep)}
        {...PRIVATE}
      />
      <span>{text}</span>
    </label>
  );
  return (
    <>
      {waiting && <p class="notice">{keep ? words.eraseStays : words.eraseGoes}</p>}
      <fieldset>
        <legend>{words.unsent}</legend>
        <p class="hint">{words.unsentHint}</p>
        <div class="options">
          {choice(false, words.unsentErase)}
          {choice(true, words.unsentKeep)}
        </div>
      </fieldset>
    </>
  );
}
