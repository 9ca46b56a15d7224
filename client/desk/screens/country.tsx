/** The map: the country's outline, a sign in each area where something is. Nothing of it is fetched from anywhere. */
import packed from "virtual:map";
import { useMemo, useState } from "preact/hooks";
import { areaName } from "../areas.ts";
import { Mark, Marks } from "../parts/marks.tsx";
import { useWidth } from "../parts/width.ts";
import { COUNTRY, POINTS, pointsOf, type Sheet, sheetFor } from "../seeing/country.ts";
import { type Point, pathOf } from "../seeing/projection.ts";
import { type Label, type Sign, shapePath, signsOf, withRoom } from "../seeing/signs.ts";
import type { Tally } from "../seeing/tally.ts";
import { useLang, useText } from "../text.ts";
import { Boundaries, type BoundaryFile } from "./boundaries.tsx";
import { tallyWords } from "./tallies.tsx";

/** Shares of what is shown that stay free around it. */
const AROUND_COUNTRY = 0.02;
const AROUND_SIGNS = 0.18;
/** Pixels from a sign to its name, and the least that a finger hits. */
const BELOW = 15;
const LEAST_REACH = 12;

/** Names that orient: those of the areas with the most, then those of governorates. */
function useLabels(signs: readonly Sign[], { size, project }: Sheet): readonly Label[] {
  const lang = useLang();
  return useMemo(() => {
    const named = signs.map(({ tally: { key }, at: [x, y], shapes }) => {
      const below = Math.max(...shapes.map(({ radius }) => radius)) + BELOW;
      return { key, text: areaName(key, lang), at: [x, y + below] as const };
    });
    const around = packed.adm1.map(([key, point]) => ({
      key,
      text: areaName(key, lang),
      at: project(point),
    }));
    return withRoom([...named, ...around], signs, size);
  }, [signs, size, project, lang]);
}

function Labels({ labels }: { readonly labels: readonly Label[] }) {
  return (
    <g class="labels">
      {labels.map(({ key, text, at: [x, y] }) => (
        <text key={key} x={x} y={y} class={POINTS.has(key) ? undefined : "governorate"}>
          {text}
        </text>
      ))}
    </g>
  );
}

function Drawn({ sign: { shapes, at, reach } }: { readonly sign: Sign }) {
  return (
    <>
      <circle class="reach" cx={at[0]} cy={at[1]} r={Math.max(reach, LEAST_REACH)} />
      {shapes.map(({ kind, at: place, radius, isEvent }) => (
        <path
          key={kind}
          class={isEvent ? "shape event" : "shape"}
          data-shape={kind}
          d={shapePath(kind, place, radius)}
        />
      ))}
    </>
  );
}

interface MapProps {
  readonly tallies: readonly Tally[];
  /** The code of the area that is chosen, or of one around it. */
  readonly chosen: string;
  readonly onChoose: (tally: Tally) => void;
  readonly boundaries: BoundaryFile;
}

function Drawing({
  tallies,
  chosen,
  onChoose,
  boundaries: { lines },
  sheet,
}: MapProps & { readonly sheet: Sheet }) {
  const lang = useLang();
  const t = useText();
  const { size, project } = sheet;
  const outline = useMemo(() => pathOf(packed.outline, project), [project]);
  const loaded = useMemo(() => pathOf(lines, project), [lines, project]);
  const signs = useMemo(() => signsOf(tallies, POINTS, project, size), [tallies, project, size]);
  const labels = useLabels(signs, sheet);
  return (
    <Marks class="map" size={size} label={t("map_symbols")}>
      <path class="land" d={outline} fill-rule="evenodd" />
      {loaded !== "" && <path class="boundary" d={loaded} data-part="lines" />}
      {signs.map((sign, at) => (
        <Mark
          key={sign.tally.key}
          name={sign.tally.key}
          label={`${areaName(sign.tally.key, lang)}: ${tallyWords(sign.tally, lang)}`}
          isFirst={at === 0}
          isChosen={chosen !== "" && sign.tally.key.startsWith(chosen)}
          onPress={() => onChoose(sign.tally)}
        >
          <Drawn sign={sign} />
        </Mark>
      ))}
      <Labels labels={labels} />
    </Marks>
  );
}

/** What is looked at: where something is, closely what is chosen or most of all, or the whole country. */
const LOOKS = ["near", "close", "whole"] as const;
type Looked = (typeof LOOKS)[number];

function Look({
  look,
  onLook,
}: {
  readonly look: Looked;
  readonly onLook: (look: Looked) => void;
}) {
  const t = useText();
  return (
    <fieldset class="switch">
      <legend class="unseen">{t("map_look")}</legend>
      {LOOKS.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={look === each}
          data-action={`look-${each}`}
          onClick={() => onLook(each)}
        >
          {t(`map_${each}`)}
        </button>
      ))}
    </fieldset>
  );
}

/** The points that are to be seen, and how much around them. */
function lookedAt(
  look: Looked,
  { tallies, chosen }: MapProps,
): readonly [readonly Point[], number] {
  const points = tallies.flatMap(({ key }) => pointsOf(key));
  if (look === "whole" || points.length === 0) return [COUNTRY, AROUND_COUNTRY];
  if (look === "near") return [points, AROUND_SIGNS];
  const middle = tallies.find(({ key }) => chosen !== "" && key.startsWith(chosen));
  return [middle ? pointsOf(middle.key) : points.slice(0, 1), AROUND_SIGNS];
}

export function CountryMap(props: MapProps) {
  const t = useText();
  const [element, width] = useWidth();
  const [look, setLook] = useState<Looked>("near");
  const { tallies, chosen, boundaries } = props;
  const sheet = useMemo(
    () => sheetFor(...lookedAt(look, props), width),
    [tallies, look === "close" && chosen, look, width],
  );
  return (
    <section class="sheet country">
      <div class="bar">
        <h2>{t("map_title")}</h2>
        <Look look={look} onLook={setLook} />
      </div>
      <div ref={element} class="drawing">
        {sheet && <Drawing {...props} sheet={sheet} />}
      </div>
      <p class="fine">{t("map_outline")}</p>
      <Boundaries {...boundaries} />
    </section>
  );
}
