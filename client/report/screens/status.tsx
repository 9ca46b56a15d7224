/** Everything that waits on this phone, and what this phone knows of the organisation. */
import { mendStorage } from "../actions.ts";
import type { Trouble as TroubleName } from "../delivery.ts";
import type { SealingView } from "../seal.ts";
import { change, read } from "../state.ts";
import { count, strings } from "../words.ts";
import { mayArrive } from "./fate.tsx";
import { Frame } from "./frame.tsx";
import { Item } from "./item.tsx";

/** What waits for the second tap, in the place of an envelope's id. */
const STORAGE = "storage";

export function Status() {
  const { view } = read();
  const words = strings();
  return (
    <Frame title={words.statusTitle}>
      <DateOff />
      {view ? <Waiting view={view} /> : <p class="notice">{words.needPart}</p>}
      <Offline />
    </Frame>
  );
}

/** What is said where the phone's date is far off. */
export function DateOff() {
  const { view } = read();
  if (!view?.dateIsOff) return null;
  return (
    <p class="notice" data-date-off>
      {strings().dateOff}
    </p>
  );
}

/** Whether the page opens, and can seal, without a network; nothing before that is known. */
export function Offline() {
  const { offline, view } = read();
  const words = strings();
  if (offline === null || !view) return null;
  const ready = offline && view.need === null;
  return (
    <p class="hint" data-offline={ready}>
      {ready ? words.offlineReady : words.offlineNot}
    </p>
  );
}

function Waiting({ view }: { view: SealingView }) {
  const { waiting, received, sending, trouble, readable } = view;
  const words = strings();
  return (
    <>
      {view.damaged && <Damaged />}
      {waiting.length === 0 && readable && <p>{words.statusNone}</p>}
      <ol>
        {waiting.map((record, at) => (
          <Item key={record.id} record={record} number={at + 1} />
        ))}
      </ol>
      {received.length > 0 && (
        <p data-received={received.length}>{count(words.statusReceived, received.length)}</p>
      )}
      <p class="notice" role="status">
        {trouble && <Trouble trouble={trouble} />}
      </p>
      {waiting.some(({ fate }) => mayArrive(fate)) && (
        <button
          type="button"
          class="main"
          data-act="send"
          disabled={sending}
          onClick={() => read().sealing?.send()}
        >
          {sending ? words.sendingNow : words.send}
        </button>
      )}
    </>
  );
}

/** Emptying what cannot be read takes a second tap: a page loaded again may read it. */
function Damaged() {
  const words = strings();
  const isAsked = read().removing === STORAGE;
  return (
    <>
      <p class="error">{words.damaged}</p>
      <button
        type="button"
        class={isAsked ? "second" : "quiet"}
        data-act={isAsked ? "mend-sure" : "mend"}
        onClick={() => (isAsked ? void mendStorage() : change({ removing: STORAGE }))}
      >
        {isAsked ? words.mendSure : words.mend}
      </button>
    </>
  );
}

function Trouble({ trouble }: { trouble: TroubleName }) {
  const words = strings();
  const text = {
    silence: words.troubleSilence,
    strange: words.troubleStrange,
    busy: words.troubleBusy,
    refused: words.troubleRefused,
    receipt: words.troubleReceipt,
    storage: words.troubleStorage,
  }[trouble];
  return <span data-trouble={trouble}>{text}</span>;
}
