/** Where and when: the map, the days, and the numbers beside them. What is chosen here is chosen in the lists as well. */
import { useEffect, useMemo } from "preact/hooks";
import type { DeskEvent } from "../answers.ts";
import { type Atlas, areaName } from "../areas.ts";
import { CONTENT } from "../parts/focus.ts";
import { Glyph } from "../parts/glyph.tsx";
import { Heading } from "../parts/heading.tsx";
import { ProblemNotice, Status } from "../parts/notices.tsx";
import type { Seen } from "../queue.ts";
import { SEEN_KINDS } from "../seeing/happening.ts";
import type { Tally } from "../seeing/tally.ts";
import { areasIn, areasOf, isOfReports, NOWHERE, type Sieve, siftEvents } from "../sieve.ts";
import { useLang, useText } from "../text.ts";
import type { Events } from "../useEvents.ts";
import { type Happenings, useHappenings } from "../useHappenings.ts";
import { KINDS } from "../vocabulary.ts";
import type { BoundaryFile } from "./boundaries.tsx";
import { CountryMap } from "./country.tsx";
import { Days } from "./days.tsx";
import { EventLine } from "./eventline.tsx";
import { Limited } from "./events.tsx";
import { SieveBar } from "./sieve.tsx";
import { seenKind, Tallies } from "./tallies.tsx";

const NONE: readonly DeskEvent[] = [];
/** More events than these are read on their own screen. */
const LISTED = 8;

/** What shapes, fillings and lines mean. */
function Legend({ areas }: { readonly areas: readonly Tally[] }) {
  const lang = useLang();
  const t = useText();
  const seen = new Set([...KINDS, ...areas.flatMap(({ kinds }) => kinds.map(([kind]) => kind))]);
  return (
    <ul class="legend" data-part="legend">
      {SEEN_KINDS.filter((kind) => seen.has(kind)).map((kind) => (
        <li key={kind}>
          <Glyph kind={kind} isFilled={true} /> {seenKind(kind, lang)}
        </li>
      ))}
      <li>
        <Glyph kind="safety" isFilled={false} /> {t("legend_hollow")}
      </li>
      <li>
        <Glyph kind="safety" isFilled={true} /> {t("legend_filled")}
      </li>
    </ul>
  );
}

interface Ways {
  readonly onReports: () => void;
  readonly onEvents: () => void;
  readonly onEvent: (id: string) => void;
}

/** The events that pass, as far as there is room, and the ways to both lists. */
function Shown({
  events,
  shown,
  ways,
}: {
  readonly events: readonly DeskEvent[];
  readonly shown: Happenings["shown"];
  readonly ways: Ways;
}) {
  const t = useText();
  const reports = shown.filter(({ isEvent }) => !isEvent).length;
  return (
    <section data-part="shown" class="shown">
      <div class="actions">
        <button type="button" class="primary" data-action="to-reports" onClick={ways.onReports}>
          {t("map_to_reports", { count: reports })}
        </button>
        <button type="button" data-action="to-events" onClick={ways.onEvents}>
          {t("map_to_events", { count: events.length })}
        </button>
      </div>
      <ul class="rows">
        {events.slice(0, LISTED).map((event) => (
          <EventLine key={event.event_id} event={event} onOpen={ways.onEvent} />
        ))}
      </ul>
    </section>
  );
}

/** What there is in all, and what is not drawn. */
function Counted({ shown, sieve }: { readonly shown: Happenings["shown"]; readonly sieve: Sieve }) {
  const t = useText();
  const events = shown.filter(({ isEvent }) => isEvent).length;
  return (
    <>
      <Status>{t("seen_counts", { reports: shown.length - events, events })}</Status>
      {isOfReports(sieve) && <p class="notice">{t("map_only_reports")}</p>}
    </>
  );
}

export interface MapScreenProps extends Ways {
  readonly seen: Seen;
  readonly events: Events;
  readonly atlas: Atlas;
  readonly sieve: Sieve;
  readonly onSieve: (sieve: Sieve) => void;
  readonly boundaries: BoundaryFile;
}

/** The code that the sieve has for what is known of a tally, and nothing when that is chosen already. */
const choiceOf = ({ key }: Tally, chosen: string): string => {
  const code = key || NOWHERE;
  return code === chosen ? "" : code;
};

function AreaTable({
  areas,
  sieve,
  onChoose,
}: {
  readonly areas: readonly Tally[];
  readonly sieve: Sieve;
  readonly onChoose: (tally: Tally) => void;
}) {
  const lang = useLang();
  const t = useText();
  return (
    <section class="sheet areas">
      <h2>{t("areas_title")}</h2>
      <Tallies
        part="areas"
        caption={t("areas_title")}
        first="areas_area"
        tallies={areas}
        nameOf={({ key }) => (key ? areaName(key, lang) : t("row_no_place"))}
        isChosen={({ key }) => sieve.area !== "" && (key || NOWHERE).startsWith(sieve.area)}
        onChoose={onChoose}
      />
    </section>
  );
}

export function MapScreen(props: MapScreenProps) {
  const { seen, events, atlas, sieve, onSieve, boundaries } = props;
  const t = useText();
  const all = events.value ?? NONE;
  useEffect(events.load, []);
  const { rows, areas, days, shown } = useHappenings(seen, all, sieve, atlas);
  const known = useMemo(
    () => [...new Set([...areasIn(rows, atlas), ...areasOf(all)])],
    [rows, all, atlas],
  );
  const passing = useMemo(() => siftEvents(all, sieve), [all, sieve]);
  const onArea = (tally: Tally) => onSieve({ ...sieve, area: choiceOf(tally, sieve.area) });
  const onDay = (tally: Tally) => onSieve({ ...sieve, on: choiceOf(tally, sieve.on) });
  return (
    <main id={CONTENT} tabIndex={-1} data-screen="map" aria-busy={events.value === null}>
      <Heading>{t("map_heading")}</Heading>
      <p class="lead">{t("map_lead")}</p>
      <SieveBar sieve={sieve} areas={known} onSieve={onSieve} />
      <Counted shown={shown} sieve={sieve} />
      <ProblemNotice code={events.problem} onRetry={events.load} />
      <Limited events={all} />
      <Legend areas={areas} />
      <div class="seeing">
        <CountryMap tallies={areas} chosen={sieve.area} onChoose={onArea} boundaries={boundaries} />
        <AreaTable areas={areas} sieve={sieve} onChoose={onArea} />
      </div>
      <Days tallies={days} chosen={sieve.on} onChoose={onDay} />
      <Shown events={passing} shown={shown} ways={props} />
    </main>
  );
}
