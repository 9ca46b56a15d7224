/** Choosing a subdistrict: from the list, or by the name of a place in it. The place itself stays in the browser. */
import { useId, useState } from "preact/hooks";
import type { Found as FoundPlace } from "../../shared/search.ts";
import { type Atlas, areaName, DISTRICTS } from "../areas.ts";
import { areaWords, confidenceIn } from "../placed.ts";
import { useLang, useText } from "../text.ts";
import { type ControlProps, described, FieldLine } from "./controls.tsx";

const SHOWN = 6;

function Found({
  found,
  onPick,
}: {
  readonly found: readonly FoundPlace[];
  readonly onPick: (adm3: string) => void;
}) {
  const lang = useLang();
  const t = useText();
  const confidence = confidenceIn(found);
  return (
    <ul class="found" data-confidence={confidence}>
      {found.map(({ place }, at) => (
        <li key={place.pcode}>
          <button
            type="button"
            class="pick"
            data-place={place.pcode}
            onClick={() => onPick(place.area.code)}
          >
            <bdi>{place[lang]}</bdi> <span class="area">{areaWords(place.area.code, lang)}</span>
            {at === 0 && <small>{t(`assess_place_${confidence}`)}</small>}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Looks a place up by name, starting from what the report says. */
function PlaceSearch({
  atlas,
  written,
  onPick,
}: {
  readonly atlas: Atlas;
  readonly written: string;
  readonly onPick: (adm3: string) => void;
}) {
  const t = useText();
  const id = useId();
  const [query, setQuery] = useState(written);
  const found = atlas.search(query, SHOWN);
  const nothing = query.trim() !== "" && found.length === 0;
  return (
    <div class="lookup">
      <label for={id}>{t("assess_place_search")}</label>
      <input
        id={id}
        type="search"
        dir="auto"
        value={query}
        autocomplete="off"
        spellcheck={false}
        data-field="place_search"
        onInput={(event) => setQuery(event.currentTarget.value)}
      />
      {found.length > 0 && <Found found={found} onPick={onPick} />}
      {nothing && <p class="fine">{t("assess_place_none")}</p>}
    </div>
  );
}

/** `written` is the sender's text for the place, a start for the search when it is not matched yet. */
export function AreaField({
  atlas,
  written,
  ...props
}: ControlProps & { readonly atlas: Atlas; readonly written: string }) {
  const lang = useLang();
  const t = useText();
  const id = useId();
  const { field, draft, problem, onChange } = props;
  const chosen = String(draft.values[field.code] ?? "");
  const pick = (adm3: string) => onChange(field.code, adm3);
  return (
    <FieldLine props={props} id={id}>
      <select
        {...described(id, problem)}
        value={chosen}
        autocomplete="off"
        onChange={(event) => pick(event.currentTarget.value)}
      >
        <option value="">{t("assess_choose")}</option>
        {DISTRICTS.map(({ code, adm3 }) => (
          <optgroup key={code} label={areaName(code, lang)}>
            {adm3.map((each) => (
              <option key={each} value={each} data-option={each}>
                {areaName(each, lang)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      {chosen === "" && (
        <PlaceSearch
          atlas={atlas}
          written={written}
          onPick={(adm3) => {
            pick(adm3);
            document.getElementById(id)?.focus();
          }}
        />
      )}
    </FieldLine>
  );
}
