import type { Cell, Summary } from "../../../../client/desk/answers.ts";
import { adm1Of, adm2Of } from "../../../../client/desk/areas.ts";

const NUMBERS = [
  ..."reports events hh_min hh_mid hh_max site_people_min site_people site_people_max".split(" "),
  ..."sites_room sites_full sites_over sites_closed occupancy came_min came_mid came_max".split(
    " ",
  ),
  ..."net access killed_min killed_max injured_min injured_max taken_min taken_max".split(" "),
  ..."severity v1 v2 v3plus contested change mean4".split(" "),
];

/** A cell of a week, an area and a kind, with the numbers that are given and no others. */
export function cell(week: string, area: string, kind: string, numbers: Partial<Cell>): Cell {
  const blank = Object.fromEntries(NUMBERS.map((name) => [name, null]));
  return {
    ...(blank as unknown as Cell),
    week_start: week,
    week_end: week,
    span: "week",
    adm1_code: adm1Of(area),
    adm2_code: area.length > adm1Of(area).length ? adm2Of(area) : "",
    adm3_code: area.length > adm2Of(area).length ? area : "",
    kind,
    category: "",
    suppressed: false,
    ...numbers,
  };
}

/** A table of these cells; those of governorates are totals. */
export function summary(cells: readonly Cell[], tier = "internal", delay_days = 0): Summary {
  return {
    from: "2026-10-26",
    to: "2026-11-29",
    tier,
    k_reports: 3,
    m_events: 1,
    k_people: 5,
    delay_days,
    reports_in: 0,
    reports_cleared: 0,
    reports_shown: 0,
    withheld: 0,
    revised: 0,
    kept: 0,
    cells: cells.filter(({ adm2_code }) => adm2_code !== ""),
    totals: cells.filter(({ adm2_code }) => adm2_code === ""),
    types: [],
    untold: [],
    timeliness: [],
  };
}
