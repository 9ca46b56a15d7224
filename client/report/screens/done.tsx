/** After sealing: what is true of this report, as it changes. */
import { go } from "../actions.ts";
import { read } from "../state.ts";
import { strings } from "../words.ts";
import { Fate, fateOf } from "./fate.tsx";
import { Frame } from "./frame.tsx";

export function Done() {
  const { done } = read();
  const words = strings();
  const fate = fateOf(done);
  const advice = {
    window: words.doneWindow,
    saved: words.doneSaved,
    received: words.doneReceived,
    refused: words.doneRefused,
    broken: "",
    gone: "",
  }[fate];
  return (
    <Frame title={words.doneTitle}>
      <div class="card" role="status">
        <Fate fate={fate} />
        <p>{advice}</p>
      </div>
      <button type="button" class="second" data-act="another" onClick={() => go("home")}>
        {words.another}
      </button>
      <button type="button" class="quiet" data-act="status" onClick={() => go("status")}>
        {words.toStatus}
      </button>
    </Frame>
  );
}
