/** Signed in, and not let in yet: the digits to be read out, and the way out. */
import { useCallback } from "preact/hooks";
import { IdleWatch } from "../idle.tsx";
import { Digits } from "../parts/digits.tsx";
import { CONTENT } from "../parts/focus.ts";
import { Heading } from "../parts/heading.tsx";
import { useText } from "../text.ts";
import type { DeskProps } from "./desk.tsx";
import { Masthead } from "./masthead.tsx";

export function Waiting({ session, onLang, onLeave }: DeskProps) {
  const t = useText();
  const onIdle = useCallback(() => onLeave("notice_idle"), [onLeave]);
  const navigation = {
    sections: [],
    current: null,
    onSection: () => undefined,
    onSignOut: () => onLeave("notice_signed_out"),
  };
  return (
    <>
      <Masthead navigation={navigation} onLang={onLang} />
      <main id={CONTENT} tabIndex={-1} class="signin" data-screen="waiting">
        <article class="sheet">
          <Heading>{t("waiting_title")}</Heading>
          <p>{t("joined_lead")}</p>
          <Digits digits={session.unlocked.digits} />
          <p class="fine">{t("waiting_then")}</p>
        </article>
      </main>
      <IdleWatch onIdle={onIdle} />
    </>
  );
}
