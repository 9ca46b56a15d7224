/** The summary's table. On a narrow screen each row becomes a card, so the roles are said outright. */
// biome-ignore-all lint/a11y/noRedundantRoles: laid out as cards, the elements lose the roles that they have as a table

import type { Cell } from "../answers.ts";
import { areaName } from "../areas.ts";
import { dayWords } from "../days.ts";
import { Wide } from "../parts/wide.tsx";
import { areaOf } from "../summary/figures.ts";
import { rangeWords, signed } from "../summary/words.ts";
import { type Lang, say, type TextKey, useLang, useText } from "../text.ts";
import { assessmentWord, kindName } from "../vocabulary.ts";

/** A column of numbers; `isAlways` also where no row has any, `isWords` where words stand in it. */
interface Numbered {
  readonly name: TextKey;
  readonly read: (cell: Cell, lang: Lang) => string;
  readonly isAlways?: boolean;
  readonly isWords?: boolean;
}

const range =
  (low: NumberOf, high: NumberOf): Numbered["read"] =>
  (cell) => {
    const min = cell[low];
    return min === null ? "" : rangeWords({ min, max: cell[high] });
  };

type NumberOf = { [K in keyof Cell]: Cell[K] extends number | null ? K : never }[keyof Cell];

const NUMBERS: readonly Numbered[] = [
  { name: "col_reports", read: ({ reports }) => shown(reports), isAlways: true },
  { name: "col_events", read: ({ events }) => shown(events), isAlways: true },
  { name: "col_change", read: ({ change }) => (change === null ? "" : signed(change)) },
  { name: "col_mean4", read: ({ mean4 }) => shown(mean4) },
  { name: "col_families", read: range("hh_min", "hh_max") },
  { name: "col_came", read: range("came_min", "came_max") },
  { name: "col_net", read: ({ net }) => (net === null ? "" : signed(net)) },
  { name: "col_site_people", read: range("site_people_min", "site_people_max") },
  { name: "col_sites", read: sitesWords },
  { name: "col_occupancy", read: ({ occupancy }) => (occupancy === null ? "" : `${occupancy}%`) },
  { name: "col_killed", read: range("killed_min", "killed_max") },
  { name: "col_injured", read: range("injured_min", "injured_max") },
  { name: "col_taken", read: range("taken_min", "taken_max") },
  { name: "col_access", read: accessWords, isWords: true },
  { name: "col_severity", read: severityWords, isWords: true },
  { name: "col_v3plus", read: ({ v3plus }) => shown(v3plus) },
  { name: "col_v2", read: ({ v2 }) => shown(v2) },
  { name: "col_v1", read: ({ v1 }) => shown(v1) },
  { name: "col_contested", read: ({ contested }) => shown(contested) },
];
const PLACES: readonly TextKey[] = ["col_week", "col_district", "col_kind"];

/** Shelters with room, full, overcrowded, closed. */
function sitesWords({ sites_room, sites_full, sites_over, sites_closed }: Cell): string {
  const sites = [sites_room, sites_full, sites_over, sites_closed];
  return sites.every((number) => number === null)
    ? ""
    : sites.map((number) => number ?? 0).join(" / ");
}

function accessWords({ access, kind }: Cell, lang: Lang): string {
  return access === null ? "" : assessmentWord("access", access, kind, lang);
}

function shown(number: number | null): string {
  return number === null ? "" : String(number);
}

/** The grade and its word. */
function severityWords({ severity, kind }: Cell, lang: Lang): string {
  if (severity === null) return "";
  return `${severity} · ${assessmentWord("severity", severity, kind, lang)}`;
}

/** The area, and those around it where their names say more. */
function areaWords({ adm1_code, adm2_code, adm3_code }: Cell, lang: Lang): string {
  const codes = [adm3_code, adm2_code, adm1_code].filter((code) => code !== "");
  const names = new Set(codes.map((code) => areaName(code, lang)));
  return [...names].join(lang === "ar" ? "، " : ", ") || say(lang, "summary_country");
}

/** The week by its Monday, a month by its first day. */
function timeWords({ week_start, span }: Cell, lang: Lang): string {
  const day = dayWords(week_start, lang);
  return span === "month" ? say(lang, "summary_month", { day }) : day;
}

/** The kind, and the category of a part of its row. */
function kindWords({ kind, category }: Cell, lang: Lang): string {
  const name = kindName(kind, lang);
  return category === "" ? name : `${name}: ${assessmentWord("category", category, kind, lang)}`;
}

function Numbers({
  cell,
  columns,
}: {
  readonly cell: Cell;
  readonly columns: readonly Numbered[];
}) {
  const lang = useLang();
  const t = useText();
  if (cell.suppressed) {
    return (
      <td role="cell" class="withheld" colSpan={columns.length}>
        {t("summary_withheld")}
      </td>
    );
  }
  return (
    <>
      {columns.map(({ name, read, isWords }) => {
        const words = read(cell, lang);
        return (
          <td
            key={name}
            role="cell"
            class={words ? "number" : "number empty"}
            data-label={t(name)}
            data-field={name.slice(4)}
          >
            <bdi dir={isWords ? "auto" : "ltr"}>{words}</bdi>
          </td>
        );
      })}
    </>
  );
}

function Line({ cell, columns }: { readonly cell: Cell; readonly columns: readonly Numbered[] }) {
  const lang = useLang();
  const { week_start, adm2_code, kind, suppressed } = cell;
  return (
    <tr
      role="row"
      data-week={week_start}
      data-district={adm2_code}
      data-area={cell.adm3_code || adm2_code || cell.adm1_code}
      data-span={cell.span}
      data-kind={kind}
      data-category={cell.category}
      data-suppressed={suppressed}
    >
      <th role="rowheader" scope="row">
        <time dateTime={week_start}>{timeWords(cell, lang)}</time>
      </th>
      <td role="cell">{areaWords(cell, lang)}</td>
      <td role="cell">{kindWords(cell, lang)}</td>
      <Numbers cell={cell} columns={columns} />
    </tr>
  );
}

const keyOf = (cell: Cell): string =>
  [cell.span, cell.week_start, areaOf(cell), cell.kind, cell.category].join(" ");

export function SummaryTable({
  cells,
  caption,
}: {
  readonly cells: readonly Cell[];
  readonly caption: string;
}) {
  const lang = useLang();
  const t = useText();
  const columns = NUMBERS.filter(
    ({ read, isAlways }) => isAlways || cells.some((cell) => read(cell, lang) !== ""),
  );
  return (
    <Wide label={caption}>
      <table role="table" class="summary" aria-label={caption}>
        <thead role="rowgroup">
          <tr role="row">
            {[...PLACES, ...columns.map(({ name }) => name)].map((name) => (
              <th key={name} role="columnheader" scope="col">
                {t(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {cells.map((cell) => (
            <Line key={keyOf(cell)} cell={cell} columns={columns} />
          ))}
        </tbody>
      </table>
    </Wide>
  );
}
