/** What changed in a week, where, and how sure that is: headlines, charts, map and list of one area, from one table. */

import { useMemo, useState } from "preact/hooks";
import type { Summary, Timeliness } from "../answers.ts";
import { addDays, today } from "../clock.ts";
import { dayWords, monday } from "../days.ts";
import { focusOn } from "../parts/focus.ts";
import { Wide } from "../parts/wide.tsx";
import { useLang, useText } from "../text.ts";
import { KINDS, kindName } from "../vocabulary.ts";
import { type AreaFigures, AreaList, Path, placeName } from "./areas.tsx";
import { Fills, type Point, TrendChart } from "./charts.tsx";
import { areasBelow, type Figure, figureAt, figureOfAll, type Table, tableOf } from "./figures.ts";
import { Headline } from "./headline.tsx";
import { Symbols } from "./symbols.tsx";
import { weeksBetween } from "./weeks.ts";
import { eventsWords } from "./words.ts";

const WEEK = 7;

/** Kinds, and whatever other the table has. */
const kindsOf = ({ cells }: Table): readonly string[] => [
  ...new Set([...KINDS, ...[...cells.values()].map(({ kind }) => kind)]),
];

interface LookProps {
  readonly table: Table;
  readonly kinds: readonly string[];
  readonly area: string;
  /** The Mondays that are drawn; the last is the week looked at. */
  readonly weeks: readonly string[];
}

const mostOf = (rows: readonly (readonly Point[])[]): number =>
  Math.max(0, ...rows.flat().map(({ figure }) => figure.sums.events ?? 0));

function Headlines({ table, kinds, area, weeks }: LookProps) {
  const now = weeks.at(-1) ?? "";
  const before = addDays(now, -WEEK);
  return (
    <div class="headlines">
      {kinds.map((kind) => (
        <Headline
          key={kind}
          kind={kind}
          now={figureAt(table, area, now, kind)}
          before={figureAt(table, area, before, kind)}
        />
      ))}
    </div>
  );
}

/** One row for each week, for those who do not see the charts. */
function TrendTable({
  weeks,
  rows,
}: {
  readonly weeks: readonly string[];
  readonly rows: readonly { readonly name: string; readonly points: readonly Point[] }[];
}) {
  const lang = useLang();
  const t = useText();
  return (
    <details class="rule" data-part="trend-table">
      <summary>{t("trend_table")}</summary>
      <Wide label={t("trend_table")}>
        <table class="tallies">
          <thead>
            <tr>
              <th scope="col">{t("col_week")}</th>
              {rows.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeks.map((week, at) => (
              <tr key={week}>
                <th scope="row">{dayWords(week, lang)}</th>
                {rows.map(({ name, points }) => (
                  <td key={name}>{points[at] && eventsWords(points[at].figure, lang)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </details>
  );
}

/** Small charts side by side, all to one scale: by kind, then by area. */
function Trend({ table, kinds, area, weeks }: LookProps) {
  const lang = useLang();
  const t = useText();
  const pointsOf = (figure: (week: string) => Figure): readonly Point[] =>
    weeks.map((week) => ({ week, figure: figure(week) }));
  const byKind = kinds.map((kind) => ({
    key: kind,
    name: kindName(kind, lang),
    points: pointsOf((week) => figureAt(table, area, week, kind)),
  }));
  const byArea = areasBelow(table, area).map((each) => ({
    key: each,
    name: placeName(each, lang),
    points: pointsOf((week) => figureOfAll(table, each, week, kinds)),
  }));
  const charts = (rows: typeof byKind) => (
    <div class="multiples">
      {rows.map(({ key, name, points }) => (
        <TrendChart
          key={key}
          name={key}
          mark={key}
          title={name}
          points={points}
          most={mostOf(rows.map((row) => row.points))}
        />
      ))}
    </div>
  );
  return (
    <section class="sheet" data-part="trend">
      <h3>{t("trend_title")}</h3>
      {charts(byKind)}
      {byArea.length > 0 && (
        <>
          <h4>{t("trend_areas")}</h4>
          {charts(byArea)}
        </>
      )}
      <p class="fine">{t("trend_lead")}</p>
      <TrendTable weeks={weeks} rows={[...byKind, ...byArea]} />
    </section>
  );
}

function useAreas({ table, kinds, area, weeks }: LookProps): readonly AreaFigures[] {
  return useMemo(() => {
    const now = weeks.at(-1) ?? "";
    const before = addDays(now, -WEEK);
    return areasBelow(table, area).map((each) => ({
      area: each,
      now: figureOfAll(table, each, now, kinds),
      before: figureOfAll(table, each, before, kinds),
    }));
  }, [table, kinds, area, weeks]);
}

function Where(props: LookProps & { readonly onArea: (area: string) => void }) {
  const t = useText();
  const areas = useAreas(props);
  const { onArea } = props;
  if (areas.length === 0) return null;
  return (
    <>
      <Symbols areas={areas} onArea={onArea} />
      <section class="sheet">
        <h3>{t("areas_below")}</h3>
        <AreaList areas={areas} onArea={onArea} />
      </section>
    </>
  );
}

/** Which area is looked at; changing it puts those who use the keyboard at its name. */
export function useArea(): readonly [string, (area: string) => void] {
  const [area, setArea] = useState("");
  const onArea = (next: string) => {
    setArea(next);
    focusOn("summary-area");
  };
  return [area, onArea];
}

/** How long the reports that were first assessed in the week had waited; members only are told. */
function Waited({ told, week }: { readonly told: readonly Timeliness[]; readonly week: string }) {
  const t = useText();
  const now = told.find(({ week_start }) => week_start === week);
  const before = told.find(({ week_start }) => week_start === addDays(week, -WEEK));
  if (!now) return null;
  return (
    <section class="sheet" data-part="waited">
      <h3>{t("waited_title")}</h3>
      <p data-number="waited">{t("waited_days", { days: now.days, number: now.reports })}</p>
      {before && (
        <p class="fine" data-number="waited-before">
          {t("waited_before", { days: before.days, number: before.reports })}
        </p>
      )}
    </section>
  );
}

/** `seen` was asked for down to the smallest areas; `to` is the last day of the week looked at. */
export function Look({
  seen,
  to,
  area,
  onArea,
}: {
  readonly seen: Summary;
  readonly to: string;
  readonly area: string;
  readonly onArea: (area: string) => void;
}) {
  const lang = useLang();
  const t = useText();
  const table = useMemo(() => tableOf(seen, today()), [seen]);
  const kinds = useMemo(() => kindsOf(table), [table]);
  const weeks = useMemo(() => weeksBetween(seen.from, to), [seen, to]);
  const props = { table, kinds, area, weeks };
  return (
    <section class="look" data-part="look" data-area={area} data-week={monday(to)}>
      <Fills />
      {area !== "" && <Path area={area} onArea={onArea} />}
      <h2 id="summary-area" tabIndex={-1}>
        {t("look_title", { area: placeName(area, lang), day: dayWords(monday(to), lang) })}
      </h2>
      <Headlines {...props} />
      <Trend {...props} />
      <Where {...props} onArea={onArea} />
      {area === "" && <Waited told={seen.timeliness} week={monday(to)} />}
    </section>
  );
}
