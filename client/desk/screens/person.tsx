/** One member in the list of people, and what an administrator can do. */
import { useState } from "preact/hooks";
import { Dialog } from "../parts/dialog.tsx";
import { Digits } from "../parts/digits.tsx";
import type { Session } from "../session.ts";
import { sayIfKnown, useLang, useText } from "../text.ts";
import { type Changing, HOLDERS, type Known, lackedBy } from "../usePeople.ts";
import { isOver, type Tokens } from "../useTokens.ts";

interface PersonProps {
  readonly person: Known;
  readonly session: Session;
  readonly changing: Changing;
  readonly tokens: Tokens;
  /** All desk keys. */
  readonly kids: readonly string[];
}

function Head({ person, session, kids }: PersonProps) {
  const t = useText();
  const lang = useLang();
  const { name, role, is_waiting } = person;
  return (
    <div class="bar">
      <h2>
        <bdi>{name}</bdi>
      </h2>
      <span class="area">{sayIfKnown(lang, `role_${role}`) ?? role}</span>
      {name === session.member.name && <span class="chip">{t("people_you")}</span>}
      {is_waiting && <span class="chip odd">{t("waiting_title")}</span>}
      {HOLDERS.has(role) && !is_waiting && (
        <span class="area" data-part="held">
          {t("people_held", { held: person.kids.length, all: kids.length })}
        </span>
      )}
    </div>
  );
}

/** Only who says to have compared the digits by voice can let a member in; with other digits that is to be said anew. */
function Compare({ person, session, changing }: PersonProps) {
  const t = useText();
  const [compared, setCompared] = useState(false);
  if (HOLDERS.has(person.role) && session.unlocked.kids.length === 0)
    return <p class="notice odd">{t("people_no_keys")}</p>;
  return (
    <div class="notice odd compare">
      <p>{t("people_compare")}</p>
      <label class="check">
        <input
          type="checkbox"
          autocomplete="off"
          checked={compared}
          data-field="compared"
          onChange={(event) => setCompared(event.currentTarget.checked)}
        />
        {t("people_compared")}
      </label>
      <button
        type="button"
        class="primary"
        data-action="let-in"
        aria-disabled={!compared || changing.busy}
        onClick={() => compared && void changing.letIn(person)}
      >
        {t(person.is_waiting ? "people_let_in" : "people_grant")}
      </button>
    </div>
  );
}

function Remove({
  person,
  changing,
  tokens,
  onClose,
}: Pick<PersonProps, "person" | "changing" | "tokens"> & { readonly onClose: () => void }) {
  const t = useText();
  const lost = tokens.known.filter((one) => one.made_by === person.name && !isOver(one)).length;
  return (
    <Dialog title={t("remove_title", { name: person.name })} screen="remove" onEscape={onClose}>
      <p>{t("remove_lead")}</p>
      {person.kids.length > 0 && <p>{t("remove_key")}</p>}
      {lost > 0 && <p data-part="lost-tokens">{t("remove_tokens", { number: lost })}</p>}
      <div class="actions">
        <button
          type="button"
          class="primary"
          data-action="confirm-remove"
          onClick={() => {
            onClose();
            void changing.remove(person).then(tokens.look);
          }}
        >
          {t("remove_button")}
        </button>
        <button type="button" class="quiet" data-action="keep" onClick={onClose}>
          {t("remove_cancel")}
        </button>
      </div>
    </Dialog>
  );
}

/** Signing out and removing; nobody does it to themselves here. */
function Actions({ person, changing, tokens }: PersonProps) {
  const t = useText();
  const [removing, setRemoving] = useState(false);
  const [ended, setEnded] = useState(false);
  const end = async () => setEnded(await changing.endSessions(person));
  return (
    <div class="actions">
      <button
        type="button"
        class="quiet"
        data-action="end-sessions"
        aria-disabled={changing.busy}
        onClick={() => void end()}
      >
        {t("people_end")}
      </button>
      <button type="button" class="quiet" data-action="remove" onClick={() => setRemoving(true)}>
        {t("people_remove")}
      </button>
      <span role="status" class="area">
        {ended && t("people_ended")}
      </span>
      {removing && <Remove {...{ person, changing, tokens }} onClose={() => setRemoving(false)} />}
    </div>
  );
}

export function PersonRow(props: PersonProps) {
  const { person, session, kids } = props;
  const lacks = !person.is_waiting && lackedBy(person, kids).length > 0;
  return (
    <li class="person" data-member={person.name} data-waiting={person.is_waiting}>
      <Head {...props} />
      <Digits digits={person.digits} />
      {(person.is_waiting || lacks) && <Compare key={person.digits} {...props} />}
      {person.name !== session.member.name && <Actions {...props} />}
    </li>
  );
}
