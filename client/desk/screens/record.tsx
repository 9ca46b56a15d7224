/** For administrators: what members did, newest first, in words. */
import { useEffect, useState } from "preact/hooks";
import type { RecordEntry } from "../answers.ts";
import { fetchRecord } from "../api.ts";
import { dayWords } from "../days.ts";
import { CONTENT } from "../parts/focus.ts";
import { Raw } from "../parts/foreign.tsx";
import { Heading } from "../parts/heading.tsx";
import { ProblemNotice, Status } from "../parts/notices.tsx";
import { codeOf } from "../problems.ts";
import type { Session } from "../session.ts";
import { type Lang, say, sayIfKnown, type TextKey, useLang, useText } from "../text.ts";
import { assessmentWord } from "../vocabulary.ts";

interface Loaded {
  readonly entries: readonly RecordEntry[];
  /** The cursor of the next page; null behind the last. */
  readonly next: string | null;
}

interface Told {
  readonly words: string;
  /** Ids, as they are. */
  readonly ids: string;
}

function tellDecision(key: TextKey, subject: string, lang: Lang): Told {
  const [id = "", version = "", decision = ""] = subject.split(" ");
  const word = assessmentWord("decision", decision, "", lang);
  return { words: say(lang, key, { version, decision: word }), ids: id };
}

const tellFactor = (key: TextKey, subject: string, lang: Lang): Told => ({
  words: say(lang, key, { kind: sayIfKnown(lang, `factor_${subject}`) ?? subject }),
  ids: "",
});

/** What an act was done to, by the act; an act without an entry is told with its subject as it is. */
const SUBJECTS: Readonly<Record<string, (subject: string, lang: Lang) => Told>> = {
  opened: (subject, lang) => ({
    words: say(lang, "record_opened", { count: subject.split(" ").length }),
    ids: subject,
  }),
  assessed: (subject, lang) => tellDecision("record_assessed", subject, lang),
  carried_in: (subject, lang) => tellDecision("record_carried_in", subject, lang),
  invited: (subject, lang) => {
    const [role = "", ...name] = subject.split(" ");
    const word = sayIfKnown(lang, `role_${role}`) ?? role;
    return { words: say(lang, "record_invited", { role: word }), ids: name.join(" ") };
  },
  granted: (subject, lang) => {
    const [kid = "", ...name] = subject.split(" ");
    return { words: say(lang, "record_granted", { kid }), ids: name.join(" ") };
  },
  factor_added: (subject, lang) => tellFactor("record_factor_added", subject, lang),
  factor_removed: (subject, lang) => tellFactor("record_factor_removed", subject, lang),
  exported: (subject, lang) => {
    const [first = "", last = ""] = subject.split(" ").map((day) => dayWords(day, lang));
    return { words: say(lang, "record_exported", { first, last }), ids: "" };
  },
};

const tell = ({ act, subject }: RecordEntry, lang: Lang): Told =>
  SUBJECTS[act]?.(subject, lang) ?? {
    words: sayIfKnown(lang, `record_${act}`) ?? act,
    ids: subject,
  };

function Entry({ entry }: { readonly entry: RecordEntry }) {
  const lang = useLang();
  const t = useText();
  const { words, ids } = tell(entry, lang);
  return (
    <li data-entry={entry.seq} data-act={entry.act}>
      <small>
        {entry.seq} · <time dateTime={entry.day}>{dayWords(entry.day, lang)}</time>
      </small>
      <span>
        <strong>
          {entry.member === "" ? t("record_command_line") : <bdi>{entry.member}</bdi>}
        </strong>{" "}
        {words}
      </span>
      {ids !== "" && <Raw code={ids} />}
    </li>
  );
}

function useRecord({ access }: Session) {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function more() {
    setBusy(true);
    setProblem(null);
    try {
      const page = await fetchRecord(access, loaded?.next ?? null);
      const before = loaded?.entries ?? [];
      setLoaded({ entries: [...before, ...page.entries], next: page.next });
    } catch (error) {
      setProblem(codeOf(error));
    }
    setBusy(false);
  }
  useEffect(() => void more(), []);
  return { loaded, busy, problem, more };
}

export function RecordScreen({ session }: { readonly session: Session }) {
  const t = useText();
  const { loaded, busy, problem, more } = useRecord(session);
  const hasMore = loaded !== null && loaded.next !== null;
  return (
    <main id={CONTENT} tabIndex={-1} data-screen="record" aria-busy={busy}>
      <article class="sheet">
        <Heading>{t("record_title")}</Heading>
        <p class="lead">{t("record_lead")}</p>
        <ol class="thread record">
          {loaded?.entries.map((entry) => (
            <Entry key={entry.seq} entry={entry} />
          ))}
        </ol>
        <Status>{busy && t("loading")}</Status>
        <ProblemNotice code={problem} onRetry={() => void more()} />
        {hasMore && !busy && problem === null && (
          <button type="button" class="quiet" data-action="more" onClick={() => void more()}>
            {t("record_more")}
          </button>
        )}
      </article>
    </main>
  );
}
