/** One sealed report among those that wait, and what its owner can do with it. */
import { removeEnvelope, saveEnvelope } from "../actions.ts";
import type { Kept } from "../seal.ts";
import { change, read } from "../state.ts";
import { fill, strings } from "../words.ts";
import { Fate } from "./fate.tsx";

/** Records that may not get out by themselves. What will is not offered as a file: a file stays among the downloads. */
const isStranded = ({ fate, refused }: Kept): boolean =>
  refused || fate === "window" || fate === "broken";

export function Item({ record, number }: { record: Kept; number: number }) {
  const { id, fate, refused } = record;
  return (
    <li class="card" data-envelope={id}>
      <strong>{fill(strings().record, { n: number })}</strong>
      <Fate fate={fate} refused={refused} />
      {isStranded(record) && <Save id={id} />}
      <Remove id={id} />
      {read().unremoved === id && (
        <p class="error" role="alert">
          {strings().removeFailed}
        </p>
      )}
    </li>
  );
}

function Save({ id }: { id: string }) {
  const words = strings();
  return (
    <>
      <button
        type="button"
        class="quiet"
        data-act="save-file"
        onClick={() => void saveEnvelope(id)}
      >
        {words.saveFile}
      </button>
      <p class="hint" role="status">
        {read().fileless === id ? words.saveNothing : words.saveHint}
      </p>
    </>
  );
}

/** Removal takes a second tap. */
function Remove({ id }: { id: string }) {
  const words = strings();
  const ask = (next: string): void => change({ removing: next });
  if (read().removing !== id) {
    return (
      <button type="button" class="quiet" data-act="remove" onClick={() => ask(id)}>
        {words.remove}
      </button>
    );
  }
  return (
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
  );
}
