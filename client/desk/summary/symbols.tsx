/** Where, on a map: a circle for each area below, as large in its area as its number; what is withheld has its own sign. */
import packed from "virtual:map";
import { useId, useMemo, useState } from "preact/hooks";
import { areaName } from "../areas.ts";
import { Mark, Marks } from "../parts/marks.tsx";
import { useWidth } from "../parts/width.ts";
import { COUNTRY, middleOf, pointsOf, type Sheet, sheetFor } from "../seeing/country.ts";
import { type Point, pathOf } from "../seeing/projection.ts";
import { radiusOf, withRoom } from "../seeing/signs.ts";
import { type TextKey, useLang, useText } from "../text.ts";
import type { AreaFigures } from "./areas.tsx";
import type { Figure, Sum } from "./figures.ts";

const AROUND = 0.12;
const LEAST_REACH = 12;
/** Half a side of the sign for what is withheld, and pixels from a sign to its name. */
const WITHHELD = 7;
const BELOW = 15;

/** What can be shown; families and people by the middle of their bands, people killed by the low end. */
const INDICATORS = [
  ["events", "col_events"],
  ["hh_mid", "indicator_families"],
  ["site_people", "indicator_site_people"],
  ["killed_min", "indicator_killed"],
] as const satisfies readonly (readonly [Sum, TextKey])[];
type Indicator = (typeof INDICATORS)[number][0];

interface Placed {
  readonly area: string;
  readonly at: Point;
  /** Null where all of it is withheld. */
  readonly number: number | null;
  readonly isPartial: boolean;
  readonly radius: number;
}

/** Whether some of a number is withheld. */
const isPartialOf = (figure: Figure, indicator: Indicator): boolean =>
  indicator === "events" ? figure.isPartial : figure.hidden > 0;

function numberOf(figure: Figure, indicator: Indicator): number | null {
  return figure.state === "withheld" ? null : (figure.sums[indicator] ?? 0);
}

/** The signs of areas of which there is anything, the largest first. */
function placed(
  areas: readonly AreaFigures[],
  indicator: Indicator,
  { project }: Sheet,
): readonly Placed[] {
  const told = areas.filter(({ now }) => now.state !== "untold");
  const most = Math.max(0, ...told.map(({ now }) => numberOf(now, indicator) ?? 0));
  return told
    .flatMap(({ area, now }) => {
      const [point, number] = [middleOf(area), numberOf(now, indicator)];
      if (!point || number === 0) return [];
      const radius = number === null ? WITHHELD : radiusOf(number, most);
      const isPartial = isPartialOf(now, indicator);
      return [{ area, at: project(point), number, isPartial, radius }];
    })
    .sort((one, other) => other.radius - one.radius);
}

function Sign({ sign: { at, number, radius, isPartial } }: { readonly sign: Placed }) {
  const [x, y] = at;
  const side = 2 * WITHHELD;
  return (
    <>
      <circle class="reach" cx={x} cy={y} r={Math.max(radius + 3, LEAST_REACH)} />
      {number === null ? (
        <rect class="hidden-part" x={x - WITHHELD} y={y - WITHHELD} width={side} height={side} />
      ) : (
        <circle class={isPartial ? "symbol partial" : "symbol"} cx={x} cy={y} r={radius} />
      )}
    </>
  );
}

function Names({ signs, sheet: { size } }: { signs: readonly Placed[]; sheet: Sheet }) {
  const lang = useLang();
  const taken = signs.map(({ area, at, radius }) => ({
    shapes: [{ kind: area, at, radius, isEvent: true }],
  }));
  const labels = signs.map(({ area, at: [x, y], radius, number }) => ({
    key: area,
    text: number === null ? areaName(area, lang) : `${areaName(area, lang)} ${number}`,
    at: [x, y + radius + BELOW] as const,
  }));
  return (
    <g class="labels">
      {withRoom(labels, taken, size).map(({ key, text, at: [x, y] }) => (
        <text key={key} x={x} y={y}>
          {text}
        </text>
      ))}
    </g>
  );
}

interface SymbolsProps {
  readonly areas: readonly AreaFigures[];
  readonly onArea: (area: string) => void;
}

function Drawing({
  areas,
  onArea,
  indicator,
  sheet,
}: SymbolsProps & { readonly indicator: Indicator; readonly sheet: Sheet }) {
  const lang = useLang();
  const t = useText();
  const outline = useMemo(() => pathOf(packed.outline, sheet.project), [sheet]);
  const signs = useMemo(() => placed(areas, indicator, sheet), [areas, indicator, sheet]);
  const wordsOf = ({ number, isPartial }: Placed): string => {
    if (number === null) return t("figure_withheld");
    return isPartial ? t("figure_least", { number }) : String(number);
  };
  return (
    <Marks class="map" size={sheet.size} label={t("symbols_title")}>
      <path class="land" d={outline} fill-rule="evenodd" />
      {signs.map((sign, at) => (
        <Mark
          key={sign.area}
          name={sign.area}
          label={`${areaName(sign.area, lang)}: ${wordsOf(sign)}`}
          isFirst={at === 0}
          isChosen={false}
          onPress={() => onArea(sign.area)}
        >
          <Sign sign={sign} />
        </Mark>
      ))}
      <Names signs={signs} sheet={sheet} />
    </Marks>
  );
}

function Choose({
  indicator,
  onIndicator,
}: {
  readonly indicator: Indicator;
  readonly onIndicator: (indicator: Indicator) => void;
}) {
  const t = useText();
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{t("symbols_of")}</label>
      <select
        id={id}
        value={indicator}
        autocomplete="off"
        data-field="indicator"
        onChange={(event) => onIndicator(event.currentTarget.value as Indicator)}
      >
        {INDICATORS.map(([code, words]) => (
          <option key={code} value={code}>
            {t(words)}
          </option>
        ))}
      </select>
    </div>
  );
}

function Legend() {
  const t = useText();
  return (
    <ul class="legend">
      <li>
        <svg class="glyph" width="16" height="16" aria-hidden="true">
          <circle class="symbol partial" cx="8" cy="8" r="6" />
        </svg>{" "}
        {t("symbols_partial")}
      </li>
      <li>
        <svg class="glyph" width="16" height="16" aria-hidden="true">
          <rect class="hidden-part" x="1" y="1" width="14" height="14" />
        </svg>{" "}
        {t("summary_withheld")}
      </li>
    </ul>
  );
}

export function Symbols(props: SymbolsProps) {
  const t = useText();
  const [element, width] = useWidth();
  const [indicator, setIndicator] = useState<Indicator>("events");
  const { areas } = props;
  const sheet = useMemo(() => {
    const points = areas.flatMap(({ area }) => pointsOf(area));
    return sheetFor(points.length > 0 ? points : COUNTRY, AROUND, width);
  }, [areas, width]);
  return (
    <section class="sheet symbols" data-part="symbols" data-indicator={indicator}>
      <div class="bar">
        <h3>{t("symbols_title")}</h3>
        <Choose indicator={indicator} onIndicator={setIndicator} />
      </div>
      <div ref={element} class="drawing">
        {sheet && <Drawing {...props} indicator={indicator} sheet={sheet} />}
      </div>
      <Legend />
      <p class="fine">{t("symbols_lead")}</p>
    </section>
  );
}
