/** What is said of a language file that does not say everything, or says too much. */
import { expect, test } from "vitest";
import { pluralCategories, problemsOf, problemsOfAll } from "../../../client/bundle/words.mjs";

const MODEL = {
  send: "إرسال",
  months: ["كانون", "شباط"],
  greeting: "أهلًا {name}",
  waiting: { zero: "", one: "", two: "", few: "{n}", many: "{n}", other: "{n}" },
  kinds: { shelter: { label: "" } },
};
const ENGLISH = {
  send: "Send it",
  months: ["January", "February"],
  greeting: "Hello {name}",
  waiting: { one: "{n} report", other: "{n} reports" },
  kinds: { shelter: { label: "Shelter" } },
};
const FRENCH = {
  send: "Envoyer",
  months: ["janvier", "février"],
  greeting: "Bonjour {name}",
  waiting: { one: "{n} signalement", other: "{n} signalements" },
  kinds: { shelter: { label: "Abri" } },
};

const inFrench = (change: object) => problemsOf("fr", { ...FRENCH, ...change }, MODEL, ENGLISH);

test("nothing is said of a file that says everything", () => {
  expect(inFrench({})).toEqual([]);
  expect(problemsOf("en", ENGLISH, MODEL, ENGLISH)).toEqual([]);
});

test.each<[string, object]>([
  ["send is missing", { send: undefined }],
  ["kinds.shelter.label is missing", { kinds: { shelter: {} } }],
  ["months.1 is missing", { months: ["janvier"] }],
  ["months.2 is left over", { months: ["janvier", "février", "mars"] }],
  ["kinds.tent is left over", { kinds: { ...FRENCH.kinds, tent: { label: "Tente" } } }],
  ["send is empty", { send: " " }],
  ["send is of another kind", { send: ["Envoyer"] }],
  ["months is of another kind", { months: { 0: "janvier", 1: "février" } }],
  ["greeting fills in nothing, not {name}", { greeting: "Bonjour" }],
  ["greeting fills in {nom}, not {name}", { greeting: "Bonjour {nom}" }],
  ["waiting has no plural forms", { waiting: "{n} signalement(s)" }],
  ["waiting.other is missing", { waiting: { one: "{n} signalement" } }],
  ["waiting.few is left over", { waiting: { ...FRENCH.waiting, few: "{n} signalements" } }],
  [
    "waiting.one fills in nothing, not {n}",
    { waiting: { ...FRENCH.waiting, one: "un signalement" } },
  ],
  ["send is still English", { send: "Send it" }],
  ["send is still English", { send: "Envoyer the rapport" }],
  ["months.0 is still English", { months: ["January", "février"] }],
])("“%s” is said, and nothing else", (problem, change) => {
  expect(inFrench(change)).toEqual([problem]);
});

test("a form that stands for one count alone may leave the number out", () => {
  const words = {
    ...MODEL,
    kinds: { shelter: { label: "مأوى" } },
    waiting: {
      zero: "لا بلاغات",
      one: "بلاغ واحد",
      two: "بلاغان",
      few: "{n} بلاغات",
      many: "{n} بلاغًا",
      other: "{n} بلاغ",
    },
  };
  expect(problemsOf("ar", words, MODEL, ENGLISH)).toEqual([]);
  expect(
    problemsOf("ar", { ...words, waiting: { ...words.waiting, few: "بلاغات" } }, MODEL, ENGLISH),
  ).toEqual(["waiting.few fills in nothing, not {n}"]);
});

test("Arabic counts in six ways, English, French and Kurdish in two", () => {
  expect(Object.keys(pluralCategories("ar")).sort()).toEqual(
    ["few", "many", "one", "other", "two", "zero"].sort(),
  );
  for (const code of ["en", "fr", "ku"])
    expect([code, Object.keys(pluralCategories(code)).sort()]).toEqual([code, ["one", "other"]]);
});

test("every language says everything and nothing else", () => {
  expect(problemsOfAll()).toEqual([]);
});
