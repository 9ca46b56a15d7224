/**
 * The desk app: a team reviews sealed reports. Signing in opens the member's keys in a worker; reports are opened there,
 * in memory; what is decided about them leaves as codes. Nothing is stored in the browser.
 *
 * Names on the page that stay the same, for tests and for those who script the desk:
 *
 *   data-screen    signin, factor, enrol, join, joined, waiting, loading, queue, map, events, event, report, summary,
 *                  people, record, factors, about; over them the dialogs renew, leave, idle, remove and
 *                  remove-factor
 *   data-action    sign-in, sign-out, language-ar, language-en, show-queue, show-summary, show-about, renew, stay, retry,
 *                  confirm-leave, go-back;
 *                  queue: filter-waiting, filter-assessed, filter-all, refresh, more, clear, open; report: back, next, save,
 *                  open-related, search, tell-opened, tell-closed, answer;
 *                  to-event; map: look-near, look-close, look-whole, days-earlier, days-later, to-reports, to-events,
 *                  drop-boundaries; events: open-event, see-event; event: open-report, open-since, search-since;
 *                  summary: show, download; join: join, to-signin; people: invite, copy, let-in, end-sessions, remove;
 *                  the dialog remove: confirm-remove, keep; second factors: show-factors, add-key, add-codes, cancel-codes,
 *                  send-code, use-key, give-up, remove-factor, confirm-removal, cancel-removal
 *   data-field     sign-in: name, passphrase; a report's answers and the assessment's fields by their code in the
 *                  vocabulary; place_search; queue and map: sieve-words, sieve-kind, sieve-area, sieve-mark, sieve-days; map: boundaries; summary: from, to, and a cell's numbers;
 *                  second factors: code, passphrase
 *   data-option    the code of an option, in answers and on choices
 *   data-part      reports, unreadable, versions, missing, conflict, saved, summary, member-digits, correspondence,
 *                  answer-text, map, days, areas, lines, shown, since, disagreed, how-known, history; second factors: codes,
 *                  secret, adding, stays, no-factors; factor, enrol: what is asked for while signing in
 *   data-factor    the id of a second factor, with data-kind (webauthn, totp)
 *   data-mark-of   a sign of the map by its area's code, a bar by its day; data-key the same in a table's line
 *   data-event     the id of an event; data-report a report's number in it; data-flaw why a file brings no boundaries
 *   data-form      assessment, answer
 *   data-envelope  the id of a row's envelope, with data-state (waiting, assessed), data-urgency (number of marks) and
 *                  data-reason (the layer that refused); also on the screen `report`
 *   data-arrived   how many reports have joined the list since it was loaded
 *   data-fact      received, claimed, made, language, app, key, id
 *   data-problem   the code of an error that is shown;  data-mark  a mark of urgency
 *   data-follows   what a follow-up does; data-said  what was said since of a first report;  data-told  the state its sender sees
 *   data-from      sender, desk: an entry of the thread; data-related  the envelope of a sender's
 *   data-character the code of a character made visible
 *   In an answer, `.official` is a place's known name and `.written bdi` what the sender wrote; the note is a `blockquote`.
 *   data-member    the name of a row of people, with data-waiting; data-invited  the name of an invitation
 *   data-week, data-district, data-kind, data-suppressed    a row of the summary
 */
import { render } from "preact";
import { useCallback, useLayoutEffect, useState } from "preact/hooks";
import { useInvitation } from "./joining.ts";
import { Desk } from "./screens/desk.tsx";
import { Join } from "./screens/join.tsx";
import { Masthead } from "./screens/masthead.tsx";
import { SignIn } from "./screens/signin.tsx";
import { Waiting } from "./screens/waiting.tsx";
import type { Session } from "./session.ts";
import { direction, firstLanguage, type Lang, LanguageContext, say, type TextKey } from "./text.ts";

/** The page itself speaks the language too: its direction, its title, its screen reader's voice. */
function useLanguage() {
  const [lang, setLang] = useState<Lang>(() => firstLanguage(navigator.languages));
  useLayoutEffect(() => {
    document.documentElement.lang = lang;
    document.documentElement.dir = direction(lang);
    document.title = `${say(lang, "app_name")} · ${say(lang, "app_part")}`;
  }, [lang]);
  return [lang, setLang] as const;
}

interface OutsideProps {
  readonly notice: TextKey | null;
  readonly onSession: (session: Session) => void;
}

/** Nobody is signed in: who was invited joins, everybody else signs in. */
function Outside(props: OutsideProps) {
  const [token, forget] = useInvitation();
  return token === null ? <SignIn {...props} /> : <Join key={token} {...{ token, forget }} />;
}

function App() {
  const [lang, setLang] = useLanguage();
  const [session, setSession] = useState<Session | null>(null);
  const [notice, setNotice] = useState<TextKey | null>(null);
  const leave = useCallback(
    (why: TextKey) => {
      void session?.close();
      setNotice(why);
      setSession(null);
    },
    [session],
  );
  return (
    <LanguageContext.Provider value={lang}>
      {session === null && (
        <>
          <Masthead navigation={null} onLang={setLang} />
          <Outside notice={notice} onSession={setSession} />
        </>
      )}
      {session?.isWaiting && <Waiting session={session} onLang={setLang} onLeave={leave} />}
      {session?.isWaiting === false && <Desk session={session} onLang={setLang} onLeave={leave} />}
    </LanguageContext.Provider>
  );
}

render(<App />, document.body);
