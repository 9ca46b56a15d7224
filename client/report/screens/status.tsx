/** Everything that waits on this phone, and what this phone knows of the organisation. */
import { buildId, removeEnvelope } from "../actions.ts";
import type { Trouble as TroubleName } from "../delivery.ts";
import type { Fate as FateName, SealingView } from "../seal.ts";
import { change, read } from "../state.ts";
import { fill, strings } from "../words.ts";
import { Fate } from "./fate.tsx";
import { Frame } from "./frame.tsx";

export function Status() {
  const { view } = read();
  const words = strings();
  return (
    <Frame title={words.statusTitle}>
      {view ? <Waiting view={view} /> : <p class="notice">{words.needPart}</p>}
      <Offline />
      {view && <Key view={view} />}
      <p class="hint">{fill(words.build, { n: buildId() })}</p>
    </Frame>
  );
}

/** Whether the page opens without a network; nothing before that is known. */
export function Offline() {
  const { offline } = read();
  const words = strings();
  if (offline === null) return null;
  return (
    <p class="hint" data-offline={offline}>
      {offline ? words.offlineReady : words.offlineNot}
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

type ItemProps = { readonly id: string; readonly fate: FateName; readonly number: number };

/** One sealed report. Its owner can remove it, with a second tap. */
function Item({ id, fate, number }: ItemProps) {
  const { removing } = read();
  const words = strings();
  const ask = (next: string): void => change({ removing: next });
  return (
    <li class="card" data-envelope={id}>
      <strong>{fill(words.record, { n: number })}</strong>
      <Fate fate={fate} />
      {removing === id ? (
        <>
          <button
            type="button"
            class="second"
            data-act="remove-sure"
            onClick={() => void removeEnvelope(id)}
          >
            {words.removeSure}
          </button>
          <button type="button" class="quiet" data-act="keep" onClick={() => ask("")}>
            {words.keep}
          </button>
        </>
      ) : (
        <button type="button" class="quiet" data-act="remove" onClick={() => ask(id)}>
          {words.remove}
        </button>
      )}
    </li>
  );
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
