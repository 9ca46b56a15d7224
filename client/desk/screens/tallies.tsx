/** What the map and the days show, in numbers: a table whose first column chooses. */
import { Glyph } from "../parts/glyph.tsx";
import { OTHER } from "../seeing/happening.ts";
import type { Count, Tally } from "../seeing/tally.ts";
import { type Lang, say, type TextKey, useLang, useText } from "../text.ts";
import { kindName } from "../vocabulary.ts";

/** The short name of a kind that is seen. */
export const seenKind = (kind: string, lang: Lang): string =>
  kind === OTHER ? say(lang, "kind_unknown") : kindName(kind, lang);

/** What there is, in words, for those who do not see the drawing. */
export const tallyWords = ({ reports, events }: Count, lang: Lang): string =>
  say(lang, "seen_counts", { reports, events });

function Numbers({ tally, of }: { readonly tally: Tally; readonly of: keyof Count }) {
  const lang = useLang();
  const counted = tally.kinds.filter(([, count]) => count[of] > 0);
  if (counted.length === 0) return <>0</>;
  return (
    <ul class="by-kind">
      {counted.map(([kind, count]) => (
        <li key={kind} class="counted" data-kind={kind}>
          <Glyph kind={kind} isFilled={of === "events"} />
          <span class="unseen">{seenKind(kind, lang)} </span>
          {count[of]}
        </li>
      ))}
    </ul>
  );
}

export interface TalliesProps {
  readonly part: string;
  readonly caption: string;
  readonly first: TextKey;
  readonly tallies: readonly Tally[];
  readonly nameOf: (tally: Tally) => string;
  readonly isChosen: (tally: Tally) => boolean;
  readonly onChoose: (tally: Tally) => void;
}

function Line({ tally, props }: { readonly tally: Tally; readonly props: TalliesProps }) {
  const { nameOf, isChosen, onChoose } = props;
  return (
    <tr data-key={tally.key}>
      <th scope="row">
        <button
          type="button"
          class="quiet tally-name"
          aria-pressed={isChosen(tally)}
          onClick={() => onChoose(tally)}
        >
          {nameOf(tally)}
        </button>
      </th>
      <td data-of="reports">
        <Numbers tally={tally} of="reports" />
      </td>
      <td data-of="events">
        <Numbers tally={tally} of="events" />
      </td>
      <td data-of="severity">{tally.severity > 0 ? tally.severity : "–"}</td>
    </tr>
  );
}

/** One line for each; the same as is drawn, and what could not be drawn. */
export function Tallies(props: TalliesProps) {
  const t = useText();
  const { part, caption, first, tallies } = props;
  return (
    <table class="tallies" data-part={part}>
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t(first)}</th>
          <th scope="col">{t("seen_reports")}</th>
          <th scope="col">{t("seen_events")}</th>
          <th scope="col">{t("seen_severity")}</th>
        </tr>
      </thead>
      <tbody>
        {tallies.map((tally) => (
          <Line key={tally.key} tally={tally} props={props} />
        ))}
      </tbody>
    </table>
  );
}
