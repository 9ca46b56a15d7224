/** The summary's table. On a narrow screen each row becomes a card, so the roles are said outright. */
// biome-ignore-all lint/a11y/noRedundantRoles: laid out as cards, the elements lose the roles that they have as a table
import type { Cell } from "../answers.ts";
import { areaName } from "../areas.ts";
import { dayWords } from "../days.ts";
import { type Lang, say, type TextKey, useLang, useText } from "../text.ts";
import { assessmentWord, kindName } from "../vocabulary.ts";

const NUMBERS: readonly (readonly [TextKey, (cell: Cell, lang: Lang) => string])[] = [
  ["col_reports", ({ reports }) => shown(reports)],
  ["col_events", ({ events }) => shown(events)],
  ["col_families", families],
  ["col_severity", severityWords],
  ["col_v3plus", ({ v3plus }) => shown(v3plus)],
  ["col_contested", ({ contested }) => shown(contested)],
];
const COLUMNS: readonly TextKey[] = [
  "col_week",
  "col_district",
  "col_kind",
  ...NUMBERS.map(([name]) => name),
];

function shown(number: number | null): string {
  return number === null ? "" : String(number);
}

/** The grade and its word. */
function severityWords({ severity, kind }: Cell, lang: Lang): string {
  if (severity === null) return "";
  return `${severity} · ${assessmentWord("severity", severity, kind, lang)}`;
}

/** Lowest to highest; an open-ended band has no highest. */
function families({ hh_min, hh_max }: Cell): string {
  if (hh_min === null) return "";
  return hh_max === null ? `${hh_min}+` : `${hh_min}–${hh_max}`;
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

function Numbers({ cell }: { readonly cell: Cell }) {
  const lang = useLang();
  const t = useText();
  if (cell.suppressed) {
    return (
      <td role="cell" class="withheld" colSpan={NUMBERS.length}>
        {t("summary_withheld")}
      </td>
    );
  }
  return (
    <>
      {NUMBERS.map(([name, read]) => (
        <td key={name} role="cell" class="number" data-label={t(name)} data-field={name.slice(4)}>
          <bdi>{read(cell, lang)}</bdi>
        </td>
      ))}
    </>
  );
}

function Line({ cell }: { readonly cell: Cell }) {
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
      data-suppressed={suppressed}
    >
      <th role="rowheader" scope="row">
        <time dateTime={week_start}>{timeWords(cell, lang)}</time>
      </th>
      <td role="cell">{areaWords(cell, lang)}</td>
      <td role="cell">{kindName(kind, lang)}</td>
      <Numbers cell={cell} />
    </tr>
  );
}

const keyOf = (cell: Cell): string =>
  [cell.span, cell.week_start, cell.adm1_code, cell.adm2_code, cell.adm3_code, cell.kind].join(" ");

export function SummaryTable({
  cells,
  caption,
}: {
  readonly cells: readonly Cell[];
  readonly caption: string;
}) {
  const t = useText();
  return (
    <table role="table" class="summary" aria-label={caption}>
      <thead role="rowgroup">
        <tr role="row">
          {COLUMNS.map((name) => (
            <th key={name} role="columnheader" scope="col">
              {t(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {cells.map((cell) => (
          <Line key={keyOf(cell)} cell={cell} />
        ))}
      </tbody>
    </table>
  );
}
