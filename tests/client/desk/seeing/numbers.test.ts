import { expect, test } from "vitest";
import { drawnDays, lastDay } from "../../../../client/desk/seeing/days.ts";
import { type Happening, OTHER, toldBy, toldOf } from "../../../../client/desk/seeing/happening.ts";
import { byArea, byDay, NOT_KNOWN, totalOf } from "../../../../client/desk/seeing/tally.ts";
import { ATLAS, report, sample } from "../samples.ts";
import { rowOf } from "./rows.ts";

const TODAY = "2031-03-08";

const seen = (
  adm3: string | null,
  day: string | null,
  more: Partial<Happening> = {},
): Happening => ({
  kind: "safety",
  adm3,
  day,
  isEvent: false,
  severity: 0,
  ...more,
});

const event = { isEvent: true, severity: 4 };

const SEEN = [
  seen("SY060200", "2031-03-01"),
  seen("SY060200", "2031-03-07", { kind: "shelter" }),
  seen("SY060200", "2031-03-07", event),
  seen("SY100300", "2031-03-07", { ...event, severity: 2 }),
  seen(null, null),
];

test("a report is seen in its subdistrict, on the day that it tells of and not on that of its arrival", () => {
  const yesterday = report("safety", { ...sample("S01").report.answers, when: "yesterday" });
  expect(toldBy(rowOf("a", yesterday, TODAY), ATLAS)).toEqual(
    seen(toldBy(rowOf("b", sample("S01").report, TODAY), ATLAS).adm3, "2031-03-07"),
  );
});

test("a report of an unheard-of kind is seen as one, and nobody's day is made up", () => {
  const strange = report("constructor", { when: "unknown", place: { pcode: null, text: "X" } });
  expect(toldBy(rowOf("a", strange, TODAY), ATLAS)).toEqual(seen(null, null, { kind: OTHER }));
});

test("an event is seen as the server tells it", () => {
  const told = {
    event_id: "0".repeat(16),
    kind: "shelter",
    category: "school",
    adm3: "SY060200",
    day: TODAY,
    severity: "5",
    verification: "v2",
    reports: 3,
  };
  expect(toldOf(told)).toEqual(
    seen("SY060200", TODAY, { kind: "shelter", isEvent: true, severity: 5 }),
  );
});

test("areas are counted by kind, the most first, and what has none that is known comes last", () => {
  const areas = byArea(SEEN);
  expect(areas.map(({ key }) => key)).toEqual(["SY060200", "SY100300", NOT_KNOWN]);
  expect(areas[0]).toEqual({
    key: "SY060200",
    kinds: [
      ["shelter", { reports: 1, events: 0 }],
      ["safety", { reports: 1, events: 1 }],
    ],
    reports: 2,
    events: 1,
    severity: 4,
  });
});

test("days are counted in their order, and nothing that is counted is lost", () => {
  const days = byDay(SEEN);
  expect(days.map(({ key }) => key)).toEqual(["2031-03-01", "2031-03-07", NOT_KNOWN]);
  expect(days.reduce((sum, day) => sum + totalOf(day), 0)).toBe(SEEN.length);
});

test("the days that are drawn end with the last on which something happened, and none that is still to come", () => {
  const days = byDay([...SEEN, seen("SY060200", "2099-01-01")]);
  expect(lastDay(days, TODAY)).toBe("2031-03-07");
  expect(lastDay(byDay([seen(null, "2099-01-01")]), TODAY)).toBe("2099-01-01");
  expect(lastDay([], TODAY)).toBe(TODAY);
});

test("every day of a stretch is drawn, those without anything too", () => {
  const { days } = drawnDays(byDay(SEEN), "2031-03-07", 3);
  expect(days.map(({ day, tally }) => [day, tally && totalOf(tally)])).toEqual([
    ["2031-03-05", null],
    ["2031-03-06", null],
    ["2031-03-07", 3],
  ]);
});

test("going to earlier or later days steps over those without anything, and back again", () => {
  const days = byDay([...SEEN, seen(null, "2031-06-30")]);
  const { earlier, later } = drawnDays(days, "2031-03-07", 3);
  expect(earlier).toBe("2031-03-01");
  expect(later).toBe("2031-07-02");
  expect(drawnDays(days, "2031-07-02", 3)).toMatchObject({ earlier: "2031-03-07", later: null });
  expect(drawnDays(days, "2031-03-01", 3).earlier).toBeNull();
});
