/** One look: each kind's week, how it differs from the week before, how sure that is, what is withheld. */
import { Glyph } from "../parts/glyph.tsx";
import { type TextKey, useLang, useText } from "../text.ts";
import { assessmentWord, kindName } from "../vocabulary.ts";
import { type Fill, type Part, PartsChart } from "./charts.tsx";
import { type Figure, RANGE_NAMES, type RangeName, type Sum } from "./figures.ts";
import { changeWords, eventsWords, rangeWords } from "./words.ts";

export const RANGE_WORDS: Readonly<Record<RangeName, TextKey>> = {
  families: "col_families",
  site_people: "col_site_people",
  killed: "col_killed",
  injured: "col_injured",
  taken: "col_taken",
};

const GRADES: readonly (readonly [Sum & ("v1" | "v2"), Fill])[] = [
  ["v2", "lines"],
  ["v1", "dots"],
];
const SITES: readonly (readonly [Sum, TextKey, Fill])[] = [
  ["sites_room", "sites_room", "blank"],
  ["sites_full", "sites_full", "dots"],
  ["sites_over", "sites_over", "solid"],
  ["sites_closed", "sites_closed", "cross"],
];

/** Events by how well they are verified, the surest first. */
function Sureness({ figure: { sums }, kind }: { readonly figure: Figure; readonly kind: string }) {
  const lang = useLang();
  const t = useText();
  const grades = GRADES.map(([name, fill]) => ({
    name,
    words: assessmentWord("verification", name, kind, lang),
    number: sums[name] ?? 0,
    fill,
  }));
  const parts: readonly Part[] = [
    { name: "v3plus", words: t("sure_v3plus"), number: sums.v3plus ?? 0, fill: "solid" },
    ...grades,
    { name: "contested", words: t("sure_contested"), number: sums.contested ?? 0, fill: "blank" },
  ];
  return (
    <>
      <h4>{t("sure_title")}</h4>
      <PartsChart name={`sure-${kind}`} parts={parts} />
    </>
  );
}

/** Shelters by the room that is left in them. */
function Room({ figure: { sums, occupancy } }: { readonly figure: Figure }) {
  const t = useText();
  const parts = SITES.map(([name, words, fill]) => ({
    name,
    words: t(words),
    number: sums[name] ?? 0,
    fill,
  }));
  return (
    <>
      <h4>{t("room_title")}</h4>
      <PartsChart name="room" parts={parts} />
      {occupancy !== null && <p class="fine">{t("room_occupancy", { number: occupancy })}</p>}
    </>
  );
}

function Ranges({ figure: { ranges, hidden } }: { readonly figure: Figure }) {
  const t = useText();
  const known = RANGE_NAMES.flatMap((name) => {
    const range = ranges[name];
    return range ? [[name, rangeWords(range)] as const] : [];
  });
  if (known.length === 0) return null;
  return (
    <dl class="ranges">
      {known.map(([name, words]) => (
        <div key={name} data-range={name}>
          <dt>{t(RANGE_WORDS[name])}</dt>
          <dd>
            <bdi dir="ltr">{words}</bdi>
            {hidden > 0 && ` ${t("figure_of_shown")}`}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Told({ kind, now }: { readonly kind: string; readonly now: Figure }) {
  if (!now.sums.events) return null;
  return (
    <>
      <Ranges figure={now} />
      {kind === "shelter" && <Room figure={now} />}
      <Sureness figure={now} kind={kind} />
    </>
  );
}

/** One kind: `now` is the week looked at, `before` the one before it. */
export function Headline({
  kind,
  now,
  before,
}: {
  readonly kind: string;
  readonly now: Figure;
  readonly before: Figure;
}) {
  const lang = useLang();
  const t = useText();
  const change = changeWords(now, before, lang);
  return (
    <section class="sheet headline" data-headline={kind} data-state={now.state}>
      <h3>
        <Glyph kind={kind} isFilled={true} /> {kindName(kind, lang)}
      </h3>
      <p class="events">
        <span data-number="events">{eventsWords(now, lang)}</span>
        {now.state === "told" && <span class="fine"> {t("figure_events")}</span>}
      </p>
      {change && <p data-part="change">{change}</p>}
      {now.hidden > 0 && (
        <p class="withheld" data-part="hidden">
          {t("figure_hidden", { number: now.hidden })}
        </p>
      )}
      {now.state === "told" && <Told kind={kind} now={now} />}
    </section>
  );
}
