/** For administrators: who belongs to the desk, who waits to be let in, who is invited, how somebody leaves; and which programs read figures. */
import { CONTENT } from "../parts/focus.ts";
import { Heading } from "../parts/heading.tsx";
import { ProblemNotice, Status } from "../parts/notices.tsx";
import type { Session } from "../session.ts";
import { sayIfKnown, useLang, useText } from "../text.ts";
import { usePeople } from "../usePeople.ts";
import { useTokens } from "../useTokens.ts";
import { Invite } from "./invite.tsx";
import { PersonRow } from "./person.tsx";
import { TokensPart } from "./tokens.tsx";

/** Somebody who left had the desk key, and no newer one has been made. */
function MustRenew({ by }: { readonly by: string }) {
  const t = useText();
  return (
    <div class="notice bad" role="status" data-part="must-renew">
      <p>{t("people_renew")}</p>
      <p>
        <code class="raw" dir="ltr">
          amana keys renew --root amana-root-key.json --by {by}
        </code>
      </p>
    </div>
  );
}

function Invited({
  invitations,
}: {
  readonly invitations: readonly { readonly name: string; readonly role: string }[];
}) {
  const t = useText();
  const lang = useLang();
  if (invitations.length === 0) return null;
  return (
    <>
      <h2>{t("people_invited")}</h2>
      <ul class="codes">
        {invitations.map(({ name, role }) => (
          <li key={name} data-invited={name}>
            <bdi>{name}</bdi> · {sayIfKnown(lang, `role_${role}`) ?? role}
          </li>
        ))}
      </ul>
    </>
  );
}

export function PeopleScreen({ session }: { readonly session: Session }) {
  const t = useText();
  const changing = usePeople(session);
  const tokens = useTokens(session);
  const { people, busy, problem } = changing;
  return (
    <main id={CONTENT} tabIndex={-1} data-screen="people" aria-busy={busy}>
      <article class="sheet people">
        <Heading>{t("people_title")}</Heading>
        <p class="lead">{t("people_lead")}</p>
        {people?.must_renew && <MustRenew by={session.member.name} />}
        <ProblemNotice code={problem} onRetry={() => void changing.look()} />
        <ul class="persons">
          {people?.members.map((person) => (
            <PersonRow
              key={person.id}
              {...{ person, session, changing, tokens, kids: people.kids }}
            />
          ))}
        </ul>
        <Status>{busy && t("loading")}</Status>
        <Invited invitations={people?.invitations ?? []} />
        <Invite session={session} onInvited={() => void changing.look()} />
        <TokensPart tokens={tokens} />
      </article>
    </main>
  );
}
