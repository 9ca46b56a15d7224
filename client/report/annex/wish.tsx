/** On the review: whether an answer is wanted. */
import { draft, edit } from "../actions.ts";
import { PRIVATE } from "../form/common.tsx";
import type { DraftMailbox } from "../form/draft.ts";
import { newMailbox } from "../mailbox.ts";
import { annexStrings } from "./words.ts";

const HINT = "wish-hint";

const wish = (mailbox: DraftMailbox | undefined): void => edit({ ...draft(), mailbox });

export function Wish() {
  const { mailbox } = draft();
  const words = annexStrings();
  if (mailbox?.corrects) return <Corrects />;
  return (
    <>
      <label class="option">
        <input
          type="checkbox"
          checked={!!mailbox}
          aria-describedby={HINT}
          data-wish
          {...PRIVATE}
          onChange={({ currentTarget: { checked } }) =>
            wish(checked ? { ...newMailbox(), corrects: false } : undefined)
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
      <button type="button" class="quiet" data-act="new-report" onClick={() => wish(undefined)}>
        {words.correctsNot}
      </button>
    </div>
  );
}
