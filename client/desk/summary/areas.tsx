/** Where: the areas below the one that is looked at, as a table that leads into them; and the way back up. */
// biome-ignore-all lint/a11y/noRedundantRoles: laid out as cards, the elements lose the roles that they have as a table

import { areaName } from "../areas.ts";
import { Wide } from "../parts/wide.tsx";
import { type Lang, say, useLang, useText } from "../text.ts";
import { assessmentWord } from "../vocabulary.ts";
import { type Figure, pathTo, RANGE_NAMES } from "./figures.ts";
import { RANGE_WORDS } from "./headline.tsx";
import { changeWords, eventsWords, rangeWords } from "./words.ts";

/** An area with the week looked at and the one before it. */
export interface AreaFigures {
  readonly area: string;
  readonly now: Figure;
  readonly before: Figure;
}

export const placeName = (area: string, lang: Lang): string =>
  area === "" ? say(lang, "summary_country") : areaName(area, lang);

/** From the country to where one is; each step leads back to itself. */
export function Path({
  area,
  onArea,
}: {
  readonly area: string;
  readonly onArea: (area: string) => void;
}) {
  const lang = useLang();
  const t = useText();
  return (
    <nav class="path" aria-label={t("path_title")}>
      <ol>
        {pathTo(area).map((each) => (
          <li key={each}>
            {each === area ? (
              <span aria-current="location">{placeName(each, lang)}</span>
            ) : (
              <button
                type="button"
                class="quiet"
                data-action="up"
                data-to={each}
                onClick={() => onArea(each)}
              >
                {placeName(each, lang)}
              </button>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Cells({ now, before }: { readonly now: Figure; readonly before: Figure }) {
  const lang = useLang();
  const t = useText();
  const columns = [
    ["events", t("col_events"), eventsWords(now, lang)],
    ["change", t("col_change"), changeWords(now, before, lang)],
    ...RANGE_NAMES.map((name) => {
      const range = now.ranges[name];
      return [name, t(RANGE_WORDS[name]), range ? rangeWords(range) : ""] as const;
    }),
    [
      "access",
      t("col_access"),
      now.access ? assessmentWord("access", now.access, "safety", lang) : "",
    ],
    ["hidden", t("col_hidden"), now.hidden > 0 ? String(now.hidden) : ""],
  ] as const;
  return (
    <>
      {columns.map(([name, label, words]) => (
        <td
          key={name}
          role="cell"
          class={words ? "number" : "number empty"}
          data-label={label}
          data-field={name}
        >
          <bdi dir={name in RANGE_WORDS ? "ltr" : "auto"}>{words}</bdi>
        </td>
      ))}
    </>
  );
}

export function AreaList({
  areas,
  onArea,
}: {
  readonly areas: readonly AreaFigures[];
  readonly onArea: (area: string) => void;
}) {
  const lang = useLang();
  const t = useText();
  const names = [
    t("col_district"),
    t("col_events"),
    t("col_change"),
    ...RANGE_NAMES.map((name) => t(RANGE_WORDS[name])),
    t("col_access"),
    t("col_hidden"),
  ];
  return (
    <Wide label={t("areas_below")}>
      <table role="table" class="summary" aria-label={t("areas_below")} data-part="areas-below">
        <thead role="rowgroup">
          <tr role="row">
            {names.map((name) => (
              <th key={name} role="columnheader" scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {areas.map(({ area, now, before }) => (
            <tr key={area} role="row" data-below={area} data-state={now.state}>
              <th role="rowheader" scope="row">
                <button
                  type="button"
                  class="quiet tally-name"
                  data-action="into"
                  onClick={() => onArea(area)}
                >
                  {areaName(area, lang)}
                </button>
              </th>
              <Cells now={now} before={before} />
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}
