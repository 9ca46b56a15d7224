/** After sealing: what is true of this report, as it changes. */
import { go } from "../actions.ts";
import { read } from "../state.ts";
import { strings } from "../words.ts";
import { Fate } from "./fate.tsx";
import { Frame } from "./frame.tsx";

export function Done() {
  const { done, view, annex, codeFor } = read();
  const words = strings();
  const kept = view?.waiting.find(({ id }) => id === done);
  // A receipt is the strongest word; then what the outbox says.
  const fate = view?.received.includes(done) ? "received" : (kept?.fate ?? "gone");
  const refused = fate !== "received" && kept?.refused === true;
  const advice = {
    window: words.doneWindow,
    saved: refused ? "" : words.doneSaved,
    received: kept ? words.troubleStorage : words.doneReceived,
    broken: "",
    lost: "",
    gone: "",
  }[fate];
  return (
    <Frame title={words.doneTitle}>
      <div class="card" role="status">
        <Fate fate={fate} refused={refused} />
        <p>{advice}</p>
      </div>
      {annex && done === codeFor && <annex.Code />}
      <button type="button" class="second" data-act="another" onClick={() => go("home")}>
        {words.another}
      </button>
      <button type="button" class="quiet" data-act="status" onClick={() => go("status")}>
        {words.toStatus}
      </button>
    </Frame>
  );
}
