/** For administrators: what members did, newest first, in words. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { People, RecordEntry } from "../answers.ts";
import { fetchPeople, fetchRecord, type Looked } from "../api.ts";
import { dayWords } from "../days.ts";
import { CONTENT } from "../parts/focus.ts";
import { Raw } from "../parts/foreign.tsx";
import { Heading } from "../parts/heading.tsx";
import { ProblemNotice, Status } from "../parts/notices.tsx";
import { codeOf } from "../problems.ts";
import type { Session } from "../session.ts";
import { keysWith, type Lang, say, sayIfKnown, type TextKey, useLang, useText } from "../text.ts";
import { assessmentWord } from "../vocabulary.ts";
import { Choose } from "./sieve.tsx";

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

/** Of how many reports, which can be seen. */
const tellReports = (key: TextKey, subject: string, lang: Lang): Told => ({
  words: say(lang, key, { count: subject.split(" ").length }),
  ids: subject,
});

const tellToken = (key: TextKey, subject: string, lang: Lang): Told => {
  const [tier = "", ...name] = subject.split(" ");
  return {
    words: say(lang, key, { tier: sayIfKnown(lang, `tier_${tier}`) ?? tier }),
    ids: name.join(" "),
  };
};

/** What an act was done to, by the act; an act without an entry is told with its subject as it is. */
const SUBJECTS: Readonly<Record<string, (subject: string, lang: Lang) => Told>> = {
  opened: (subject, lang) => tellReports("record_opened", subject, lang),
  case_exported: (subject, lang) => tellReports("record_case_exported", subject, lang),
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
  token_made: (subject, lang) => tellToken("record_token_made", subject, lang),
  token_revoked: (subject, lang) => tellToken("record_token_revoked", subject, lang),
  token_used: (subject, lang) => tellToken("record_token_used", subject, lang),
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

/** One id as it is; of several, only when somebody wants to see them. */
function Ids({ ids }: Pick<Told, "ids">) {
  const t = useText();
  if (ids === "") return null;
  if (!ids.includes(" ")) return <Raw code={ids} />;
  return (
    <details data-part="ids">
      <summary>{t("record_ids")}</summary>
      <Raw code={ids} />
    </details>
  );
}

/** Who did it: a member, or what has no name here. */
function Who({ member, act }: RecordEntry) {
  const t = useText();
  if (member !== "") return <bdi>{member}</bdi>;
  return <>{t(act === "token_used" ? "record_token" : "record_command_line")}</>;
}

function Entry({ entry }: { readonly entry: RecordEntry }) {
  const lang = useLang();
  const { words, ids } = tell(entry, lang);
  return (
    <li data-entry={entry.seq} data-act={entry.act}>
      <small>
        {entry.seq} · <time dateTime={entry.day}>{dayWords(entry.day, lang)}</time>
      </small>
      <span>
        <strong>
          <Who {...entry} />
        </strong>{" "}
        {words}
      </span>
      <Ids ids={ids} />
    </li>
  );
}

const EVERYTHING: Looked = { member: "", act: "" };
/** Pages that hold nothing are passed over, but not without end and not without a word. */
const MOST_PAGES = 10;

/** What is found behind what is there already; some empty pages are passed over. */
async function read({ access }: Session, looked: Looked, from: Loaded | null): Promise<Loaded> {
  const entries = [...(from?.entries ?? [])];
  let next = from?.next ?? null;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await fetchRecord(access, looked, next);
    entries.push(...page.entries);
    next = page.next;
    if (next === null || page.entries.length > 0) break;
  }
  return { entries, next };
}

function useRecord(session: Session) {
  const [looked, setLooked] = useState(EVERYTHING);
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const latest = useRef(0);

  /** What was asked for last is what is shown, whichever answer comes last. */
  async function load(wanted: Looked, from: Loaded | null) {
    const turn = ++latest.current;
    const show = (change: () => void) => turn === latest.current && change();
    setBusy(true);
    setProblem(null);
    try {
      const found = await read(session, wanted, from);
      show(() => setLoaded(found));
    } catch (error) {
      const code = codeOf(error);
      show(() => setProblem(code));
    }
    show(() => setBusy(false));
  }

  const look = (wanted: Looked) => {
    setLooked(wanted);
    setLoaded(null);
    void load(wanted, null);
  };
  useEffect(() => look(EVERYTHING), []);
  return { loaded, looked, busy, problem, look, more: () => void load(looked, loaded) };
}

/** Who belongs to the desk. */
function useMembers({ access }: Session): People["members"] {
  const [members, setMembers] = useState<People["members"]>([]);
  useEffect(() => {
    fetchPeople(access).then(
      (people) => setMembers(people.members),
      () => undefined,
    );
  }, []);
  return members;
}

const ACT = "act_";
const ACTS = keysWith(ACT);

function Looking({
  looked,
  members,
  onLook,
}: {
  readonly looked: Looked;
  readonly members: People["members"];
  readonly onLook: (looked: Looked) => void;
}) {
  const t = useText();
  return (
    <search class="sieve four" aria-label={t("record_look")}>
      <Choose
        name="member"
        label={t("record_member")}
        choices={members.map(({ id, name }) => ({ code: String(id), label: name }))}
        value={looked.member}
        onChoose={(member) => onLook({ ...looked, member })}
      />
      <Choose
        name="act"
        label={t("record_act")}
        choices={ACTS.map((key) => ({ code: key.slice(ACT.length), label: t(key) }))}
        value={looked.act}
        onChoose={(act) => onLook({ ...looked, act })}
      />
    </search>
  );
}

export function RecordScreen({ session }: { readonly session: Session }) {
  const t = useText();
  const { loaded, looked, busy, problem, look, more } = useRecord(session);
  const members = useMembers(session);
  const hasMore = loaded !== null && loaded.next !== null;
  return (
    <main id={CONTENT} tabIndex={-1} data-screen="record" aria-busy={busy}>
      <article class="sheet">
        <Heading>{t("record_title")}</Heading>
        <p class="lead">{t("record_lead")}</p>
        <Looking looked={looked} members={members} onLook={look} />
        <ol class="thread record">
          {loaded?.entries.map((entry) => (
            <Entry key={entry.seq} entry={entry} />
          ))}
        </ol>
        <Status>
          {busy && t("loading")}
          {!busy && loaded?.entries.length === 0 && t("record_none")}
        </Status>
        <ProblemNotice code={problem} onRetry={more} />
        {hasMore && !busy && problem === null && (
          <button type="button" class="quiet" data-action="more" onClick={more}>
            {t("record_more")}
          </button>
        )}
      </article>
    </main>
  );
}
