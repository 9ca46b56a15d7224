/** The desk's corner about itself: who is signed in, the digits to compare by voice, the keys at hand. */

import { build } from "../build.ts";
import { Digits } from "../parts/digits.tsx";
import { CONTENT } from "../parts/focus.ts";
import { Raw } from "../parts/foreign.tsx";
import { Heading } from "../parts/heading.tsx";
import type { Session } from "../session.ts";
import { sayIfKnown, useLang, useText } from "../text.ts";

function Kids({ kids }: { readonly kids: readonly string[] }) {
  const t = useText();
  if (kids.length === 0) return <p>{t("about_kids_none")}</p>;
  return (
    <ul class="codes">
      {kids.map((kid) => (
        <li key={kid}>
          <Raw code={kid} />
        </li>
      ))}
    </ul>
  );
}

export function About({ session: { member, unlocked } }: { readonly session: Session }) {
  const lang = useLang();
  const t = useText();
  return (
    <main id={CONTENT} tabIndex={-1} data-screen="about">
      <article class="sheet about">
        <Heading>{t("about_title")}</Heading>
        <dl>
          <div class="pair">
            <dt>{t("about_member")}</dt>
            <dd>
              <bdi>{member.name}</bdi>
            </dd>
          </div>
          <div class="pair">
            <dt>{t("about_role")}</dt>
            <dd data-role={member.role}>
              {sayIfKnown(lang, `role_${member.role}`) ?? member.role}
            </dd>
          </div>
        </dl>
        <h2>{t("about_digits")}</h2>
        <Digits digits={unlocked.digits} />
        <p>{t("about_digits_lead")}</p>
        <h2>{t("about_kids")}</h2>
        <Kids kids={unlocked.kids} />
        <h2>{t("about_build")}</h2>
        <p>
          <Raw code={build()} />
        </p>
        <p class="fine">{t("about_kept")}</p>
      </article>
    </main>
  );
}
