/** On the review: whether an answer is wanted. */
import { PRIVATE } from "../form/common.tsx";
import { newMailbox } from "../mailbox.ts";
import { change, read } from "../state.ts";
import { annexStrings } from "./words.ts";

const HINT = "wish-hint";

export function Wish() {
  const { mailbox } = read();
  const words = annexStrings();
  if (mailbox?.corrects) return <Corrects />;
  return (
    <>
      <label class="option">
        <input
          type="checkbox"
          checked={mailbox !== null}
          aria-describedby={HINT}
          data-wish
          {...PRIVATE}
          onChange={({ currentTarget: { checked } }) =>
            change({ mailbox: checked ? { ...newMailbox(), corrects: false } : null })
          }
        />
        <span>{words.wish}</span>
      </label>
      <p class="hint" id={HINT}>
        {words.wishText}
      </p>
    </>
  );
}

/** A correction has the mailbox of what it corrects. */
function Corrects() {
  const words = annexStrings();
  return (
    <div class="notice" data-corrects>
      <p>{words.corrects}</p>
      <button
        type="button"
        class="quiet"
        data-act="new-report"
        onClick={() => change({ mailbox: null })}
      >
        {words.correctsNot}
      </button>
    </div>
  );
}
