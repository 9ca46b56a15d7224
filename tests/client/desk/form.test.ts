import { describe, expect, test } from "vitest";
import { assessmentBody, refusedField, type Values } from "../../../client/desk/form/body.ts";
import { isNeeded, problemsOf, setField, startDraft } from "../../../client/desk/form/draft.ts";
import { dayMade, fromReport, fromVersion } from "../../../client/desk/form/prefill.ts";
import { ATLAS, report, SAMPLES, sample } from "./samples.ts";

const NEW_EVENT = "0123456789abcdef";
const OTHER_EVENT = "fedcba9876543210";
const COMPLETE: Values = {
  decision: "accept",
  kind: "safety",
  adm3: "SY060200",
  place_precision: "community",
  day: "2031-03-07",
  time_precision: "day",
  category: "arson",
  severity: "3",
  verification: "v1",
  event_id: NEW_EVENT,
};

describe("suggestions", () => {
  test("name kind, subdistrict, day, category and bands as a good reviewer would", () => {
    const { report: burned } = sample("S01");
    expect(fromReport(burned, "2031-03-07", ATLAS)).toEqual({
      kind: "safety",
      adm3: "SY060200",
      place_precision: "community",
      day: "2031-03-07",
      time_precision: "day",
      category: "arson",
      homes: "b6_20",
      access: "limited",
      source_reliability: "F",
      info_credibility: "3",
    });
  });

  test("agree with the truth of every sample whose place was picked and whose day was said", () => {
    const clear = SAMPLES.filter(
      ({ report: { answers }, truth }) =>
        JSON.stringify(answers).includes('"pcode":"C') &&
        ["today", "yesterday"].includes(String(answers.when)) &&
        truth.label === "genuine",
    );
    expect(clear.length).toBeGreaterThan(10);
    for (const { id, report: clearReport, truth } of clear) {
      const values = fromReport(clearReport, clearReport.made ?? "", ATLAS);
      if (values.adm3) expect([id, values.adm3]).toEqual([id, truth.adm3]);
      expect([id, values.category]).toEqual([id, truth.category]);
    }
  });

  test("never decide, verify or weigh", () => {
    for (const each of SAMPLES) {
      const values = fromReport(each.report, "2031-03-10", ATLAS);
      for (const code of ["decision", "verification", "severity", "flags", "release_tier"]) {
        expect(values).not.toHaveProperty(code);
      }
    }
  });

  test("hold nothing that the form could not send", () => {
    for (const each of SAMPLES) {
      expect(refusedField(fromReport(each.report, "2031-03-10", ATLAS))).toBeNull();
    }
  });

  test("leave out what a stranger's report makes up", () => {
    const strange = report("safety", {
      place: { pcode: 7, text: "x", adm3: "SY999999" },
      when: "2031-02-30",
      event: "meteor",
      homes: ["b1"],
      basis: "constructor",
      access: "__proto__",
      harm: ["killed", "killed"],
      harm_count: "lots",
    });
    expect(fromReport(strange, "2031-03-10", ATLAS)).toEqual({ kind: "safety" });
    expect(fromReport(report("__proto__", {}), "2031-03-10", ATLAS)).toEqual({});
  });

  test("put one number on one harm only", () => {
    const both = { harm: ["killed", "injured"], harm_count: "n2_5" };
    expect(fromReport(report("safety", both), "2031-03-10", ATLAS)).not.toHaveProperty("killed");
    const one = { harm: ["taken"], harm_count: "n2_5" };
    expect(fromReport(report("safety", one), "2031-03-10", ATLAS).taken).toBe("n2_5");
  });

  test("place a displacement where people had to leave, and say where they went", () => {
    const { report: left } = sample("S16");
    const { adm3, adm3_arrival } = fromReport(left, "2031-03-08", ATLAS);
    expect([adm3, adm3_arrival]).toEqual(["SY100200", "SY100602"]);
  });

  test("know a week as its Monday", () => {
    const { day, time_precision } = fromReport(sample("S38").report, "2031-03-12", ATLAS);
    expect([day, time_precision]).toEqual(["2031-03-03", "week"]);
  });

  test("count from the phone's day unless it cannot be true", () => {
    const made = (day: string | null) => ({ ...report("safety", {}), made: day });
    expect(dayMade(made("2031-03-01"), "2031-03-10")).toBe("2031-03-01");
    expect(dayMade(made("2031-03-11"), "2031-03-10")).toBe("2031-03-10");
    expect(dayMade(made("1970-01-01"), "2031-03-10")).toBe("2031-03-10");
    expect(dayMade(made(null), "2031-03-10")).toBe("2031-03-10");
  });

  test("of a saved version leave its decision to be made again", () => {
    const version = { ref: "r", version: 1, member: "amal", assessed: "2031-03-08", hour: 9 };
    const { decision: _decision, ...rest } = COMPLETE;
    expect(fromVersion({ ...version, fields: COMPLETE })).toEqual(rest);
  });
});

describe("the body", () => {
  test("of a counted report holds every filled field of its kind and no other", () => {
    const values = { ...COMPLETE, households: "hh1", taken: "", flags: [], note: "words" };
    expect(assessmentBody(values)).toEqual(COMPLETE);
  });

  test.each(["hold", "refer", "reject_spam", "reject_abuse", "reject_scope", "withdrawn", "noted"])(
    "of a decision to %s holds the decision and the flags alone",
    (decision) => {
      const values = { ...COMPLETE, decision, flags: ["gbv"] };
      expect(assessmentBody(values)).toEqual({ decision, flags: ["gbv"] });
    },
  );

  test.each([
    ["note", "words"],
    ["ref", NEW_EVENT],
    ["place", { pcode: "C3575", text: "x" }],
    ["adm3", "C3575"],
    ["adm3", "SY0602"],
    ["day", "2031-03-07T06:40:00Z"],
    ["category", "fear"],
    ["event_id", "بستان"],
    ["event_id", `${NEW_EVENT}\n`],
    ["flags", ["gbv", "gbv"]],
    ["flags", ["a name"]],
    ["severity", "3 because of the fire"],
    ["severity", ["3"]],
  ])("is refused when %s is %j", (name, value) => {
    expect(refusedField({ ...COMPLETE, [name]: value })).toBe(name);
  });

  test("is let through when complete", () => {
    expect(refusedField(COMPLETE)).toBeNull();
  });
});

describe("the draft", () => {
  const draft = (values: Values) => startDraft([{ version: 0, values }], NEW_EVENT);
  const problems = (values: Values) => [...problemsOf(draft(values))];

  test("needs a decision first", () => {
    expect(problems({})).toEqual([["decision", "missing"]]);
  });

  test("needs what the server needs once the report is to be counted", () => {
    const missing = problems({ decision: "accept" }).map(([code]) => code);
    const { decision: _decision, event_id: _event, ...needed } = COMPLETE;
    expect(missing).toEqual(Object.keys(needed));
    expect(missing.every((code) => isNeeded(code, { decision: "accept" }))).toBe(true);
  });

  test("is complete with all of it", () => {
    expect(problems(COMPLETE)).toEqual([]);
  });

  test("merges only with an event that exists", () => {
    expect(problems({ ...COMPLETE, decision: "merge" })).toEqual([["event_id", "merge_event"]]);
    expect(problems({ ...COMPLETE, decision: "merge", event_id: OTHER_EVENT })).toEqual([]);
  });

  test("refuses a slip in the year", () => {
    expect(problems({ ...COMPLETE, day: "0025-03-07" })).toEqual([["day", "day_wrong"]]);
  });

  test("lets go of an event when the district is no longer its own", () => {
    const before = draft({ ...COMPLETE, event_id: OTHER_EVENT });
    expect(setField(before, "adm3", "SY060201").values.event_id).toBe(OTHER_EVENT);
    expect(setField(before, "adm3", "SY100200").values.event_id).toBe(NEW_EVENT);
    expect(setField(before, "kind", "shelter").values.event_id).toBe(NEW_EVENT);
  });

  test("keeps of another kind what fits it", () => {
    const after = setField(draft({ ...COMPLETE, homes: "b1" }), "kind", "displacement").values;
    expect(after).not.toHaveProperty("homes");
    expect(after).not.toHaveProperty("category");
    expect(after.severity).toBe("3");
    const { suggested } = setField(draft({ ...COMPLETE }), "kind", "displacement");
    expect(suggested.has("category")).toBe(false);
  });

  test("takes the report's word where a version that held it back has none", () => {
    const said = { version: 0, values: { kind: "safety", access: "open" } };
    const held = { version: 2, values: { flags: ["child"] } };
    const { values, suggested } = startDraft([said, held], NEW_EVENT);
    expect(values).toEqual({ event_id: NEW_EVENT, ...said.values, ...held.values });
    expect(suggested.get("flags")).toBe(2);
  });

  test("remembers what the reviewer has not looked at yet", () => {
    const after = setField(draft({ kind: "safety", access: "open" }), "access", "blocked");
    expect([...after.suggested]).toEqual([["kind", 0]]);
  });
});
