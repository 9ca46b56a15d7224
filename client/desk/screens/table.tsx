/** The summary's table. On a narrow screen each row becomes a card, so the roles are said outright. */
// biome-ignore-all lint/a11y/noRedundantRoles: laid out as cards, the elements lose the roles that they have as a table
import type { Cell } from "../answers.ts";
import { adm1Of, areaName } from "../areas.ts";
import { dayWords } from "../days.ts";
import { type Lang, type TextKey, useLang, useText } from "../text.ts";
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

/** District, and the governorate where its name says more. */
function district({ adm1_code, adm2_code }: Cell, lang: Lang): string {
  const names = new Set([
    areaName(adm2_code, lang),
    areaName(adm1_code || adm1Of(adm2_code), lang),
  ]);
  return [...names].join(lang === "ar" ? "، " : ", ");
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
      data-kind={kind}
      data-suppressed={suppressed}
    >
      <th role="rowheader" scope="row">
        <time dateTime={week_start}>{dayWords(week_start, lang)}</time>
      </th>
      <td role="cell">{district(cell, lang)}</td>
      <td role="cell">{kindName(kind, lang)}</td>
      <Numbers cell={cell} />
    </tr>
  );
}

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
          <Line key={`${cell.week_start} ${cell.adm2_code} ${cell.kind}`} cell={cell} />
        ))}
      </tbody>
    </table>
  );
}
