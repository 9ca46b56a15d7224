/** Everything that waits on this phone, and what this phone knows of the organisation. */
import { buildId } from "../actions.ts";
import type { Trouble as TroubleName } from "../delivery.ts";
import type { SealingView } from "../seal.ts";
import { read } from "../state.ts";
import { fill, strings } from "../words.ts";
import { Frame } from "./frame.tsx";
import { Item } from "./item.tsx";

export function Status() {
  const { view } = read();
  const words = strings();
  return (
    <Frame title={words.statusTitle}>
      <DateOff />
      {view ? <Waiting view={view} /> : <p class="notice">{words.needPart}</p>}
      <Offline />
      {view && <Key view={view} />}
      <p class="hint">{fill(words.build, { n: buildId() })}</p>
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
  const { waiting, received, sending, trouble } = view;
  const words = strings();
  return (
    <>
      {waiting.length === 0 && <p>{words.statusNone}</p>}
      <ol>
        {waiting.map(({ id, fate }, at) => (
          <Item key={id} id={id} fate={fate} number={at + 1} />
        ))}
      </ol>
      {received.length > 0 && (
        <p data-received={received.length}>{fill(words.statusReceived, { n: received.length })}</p>
      )}
      <p class="notice" role="status">
        {trouble && <Trouble trouble={trouble} />}
      </p>
      {waiting.length > 0 && (
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

/** Numbers to compare with those of whoever gave the link. */
function Key({ view }: { view: SealingView }) {
  const { organisation, digits, keyIsOld, otherRoot } = view;
  const words = strings();
  return (
    <section>
      <h2>{words.keyTitle}</h2>
      {otherRoot && <p class="error">{words.keyRefused}</p>}
      {keyIsOld && <p class="notice">{words.keyOld}</p>}
      <p>{organisation ? <bdi>{organisation}</bdi> : words.keyMissing}</p>
      <p class="hint">{words.keyText}</p>
      <p class="digits">
        <bdi dir="ltr" data-root-digits>
          {digits}
        </bdi>
      </p>
    </section>
  );
}
