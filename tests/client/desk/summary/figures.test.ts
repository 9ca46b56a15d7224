import { expect, test } from "vitest";
import type { Cell } from "../../../../client/desk/answers.ts";
import {
  areasBelow,
  changeOf,
  figureAt,
  figureOfAll,
  pathTo,
  percentOf,
  tableOf,
} from "../../../../client/desk/summary/figures.ts";
import { changeWords, eventsWords, rangeWords } from "../../../../client/desk/summary/words.ts";
import { cell, summary } from "./cells.ts";

const TODAY = "2026-11-27";
const [NOW, BEFORE] = ["2026-11-23", "2026-11-16"];
const WITHHELD = { suppressed: true };

const tableWith = (...cells: readonly Cell[]) => tableOf(summary(cells), TODAY);

/** Two districts of one governorate, one of another. */
const row = (area: string, numbers: Partial<Cell>) => cell(NOW, area, "safety", numbers);

test("an area is found below the areas around it", () => {
  const table = tableWith(row("SY0602", { events: 2 }), row("SY060200", { events: 2 }));
  expect(pathTo("SY060200")).toEqual(["", "SY06", "SY0602", "SY060200"]);
  expect(areasBelow(table, "")).toEqual(["SY06"]);
  expect(areasBelow(table, "SY06")).toEqual(["SY0602"]);
  expect(areasBelow(table, "SY0602")).toEqual(["SY060200"]);
});

test("the country is the sum of its governorates' totals", () => {
  const table = tableWith(
    row("SY06", { events: 5, reports: 9, v2: 5 }),
    row("SY0602", { events: 3, reports: 5, v2: 3 }),
    row("SY0600", { events: 2, reports: 4, v2: 2 }),
    row("SY10", { events: 4, reports: 6, v2: 4 }),
    row("SY1000", { events: 4, reports: 6, v2: 4 }),
  );
  const country = figureAt(table, "", NOW, "safety");
  expect(country.sums).toMatchObject({ events: 9, reports: 15, v2: 9 });
  expect([country.state, country.isPartial, country.hidden]).toEqual(["told", false, 0]);
});

test("a withheld row is never nothing: what is shown beside it is the least", () => {
  const table = tableWith(
    row("SY06", WITHHELD),
    row("SY0602", { events: 3, reports: 5 }),
    row("SY0603", WITHHELD),
  );
  const found = figureAt(table, "SY06", NOW, "safety");
  expect([found.state, found.sums.events, found.isPartial, found.hidden]).toEqual([
    "told",
    3,
    true,
    1,
  ]);
  expect(eventsWords(found, "en")).toBe("at least 3");
  expect(figureAt(table, "SY0603", NOW, "safety").sums.events).toBeUndefined();
});

test("where all is withheld no number is said", () => {
  const table = tableWith(row("SY06", WITHHELD), row("SY0603", WITHHELD));
  expect(figureAt(table, "", NOW, "safety").state).toBe("withheld");
  expect(eventsWords(figureAt(table, "", NOW, "safety"), "en")).toBe("withheld");
});

test("a total that is shown over withheld rows is whole in events, and in nothing else", () => {
  const table = tableWith(
    row("SY06", { events: 7, reports: 12 }),
    row("SY0602", { events: 3, reports: 5, v3plus: 2, killed_min: 6, killed_max: 10 }),
    row("SY0600", WITHHELD),
    row("SY0603", WITHHELD),
  );
  const found = figureAt(table, "SY06", NOW, "safety");
  expect([found.sums.events, found.isPartial, found.hidden]).toEqual([7, false, 2]);
  expect([found.sums.v3plus, found.ranges.killed]).toEqual([2, { min: 6, max: 10 }]);
});

test("a district without a row was quiet, of a subdistrict without one nothing is known", () => {
  const table = tableWith(row("SY0602", { events: 3 }));
  expect(eventsWords(figureAt(table, "SY0602", BEFORE, "safety"), "en")).toBe("0");
  expect(figureAt(table, "SY060200", NOW, "safety").state).toBe("untold");
});

test("weeks that a tier does not tell of yet are not quiet", () => {
  const rows = [cell("2026-11-09", "SY0602", "safety", { events: 3 })];
  const outside = tableOf(summary(rows, "partners"), TODAY);
  const states = (table: typeof outside) =>
    ["2026-11-09", BEFORE, NOW].map((week) => figureAt(table, "", week, "safety").state);
  expect(states(outside)).toEqual(["told", "told", "untold"]);
  expect(states(tableOf(summary(rows, "public", 7), TODAY))).toEqual(["told", "untold", "untold"]);
});

test("families whose number is not known leave the high end open", () => {
  const flight = (area: string, numbers: Partial<Cell>) =>
    cell(NOW, area, "displacement", { events: 2, contested: 0, ...numbers });
  const table = tableWith(
    flight("SY0602", { hh_min: 12, hh_max: 40 }),
    flight("SY0600", { hh_min: 6, hh_max: 20 }),
    flight("SY1000", {}),
  );
  expect(figureAt(table, "SY06", NOW, "displacement").ranges.families).toEqual({
    min: 18,
    max: 60,
  });
  const country = figureAt(table, "", NOW, "displacement").ranges.families;
  expect(country && rangeWords(country)).toBe("18+");
});

test("kinds together keep their own numbers", () => {
  const table = tableWith(
    row("SY0602", { events: 3, killed_min: 6, killed_max: 10, access: "open" }),
    cell(NOW, "SY0602", "displacement", {
      events: 2,
      contested: 0,
      hh_min: 12,
      hh_max: 40,
      access: "blocked",
    }),
  );
  const found = figureOfAll(table, "SY0602", NOW, ["displacement", "shelter", "safety"]);
  expect([found.sums.events, found.access]).toEqual([5, "blocked"]);
  expect(found.ranges).toEqual({ families: { min: 12, max: 40 }, killed: { min: 6, max: 10 } });
});

test("the change is said in words, as a percentage only from five events on", () => {
  const figure = (events: number) =>
    figureAt(tableWith(row("SY0602", { events })), "SY0602", NOW, "safety");
  expect(changeWords(figure(7), figure(5), "en")).toBe("2 more than in the week before (+40%)");
  expect(changeWords(figure(2), figure(4), "en")).toBe("2 fewer than in the week before");
  expect(changeWords(figure(4), figure(4), "en")).toBe("As many as in the week before");
  expect(percentOf(3, figure(4))).toBeNull();
});

test("there is no change where either week is withheld in part", () => {
  const whole = tableWith(row("SY0602", { events: 3 }));
  const part = tableWith(row("SY0602", { events: 3 }), row("SY0603", WITHHELD));
  const [now, before] = [whole, part].map((table) => figureAt(table, "", NOW, "safety"));
  expect(now && before && [changeOf(now, before), changeOf(before, now)]).toEqual([null, null]);
  expect(now && before && changeWords(now, before, "en")).toBe("");
});
