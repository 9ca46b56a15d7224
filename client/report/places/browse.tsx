/** The list of places by area: governorate, district, subdistrict, place. Nothing has to be typed. */
import { type Area, circles } from "../../shared/places.ts";
import type { Field } from "../../shared/vocabulary.ts";
import { placeIn } from "../form/place.tsx";
import { change } from "../state.ts";
import { fill } from "../words.ts";
import { absent, areaOf, areasIn, bring, fetching, placesIn } from "./atlas.ts";
import { browse, hereId, take } from "./choose.ts";
import { type Named, nameOf, sizeInWords, sorted } from "./names.ts";
import { placeStrings } from "./words.ts";

/** `at`: the code of the area that is open; "" for all governorates. */
export function Browse({ field, at }: { field: Field; at: string }) {
  const words = placeStrings();
  const absentOne = absent().find(({ code }) => code === at);
  const area = absentOne ? { ...absentOne, within: null } : areaOf(at);
  return (
    <section aria-label={words.browse}>
      <Way field={field} area={area} />
      {absentOne ? <Coming code={at} /> : <Content field={field} area={area} />}
      <button
        type="button"
        class="quiet"
        data-act="close"
        onClick={() => change({ typing: "", browsing: null })}
      >
        {words.close}
      </button>
    </section>
  );
}

/** The way to the area that is open; each step leads back to where it was. */
function Way({ field, area }: { field: Field; area: Area | undefined }) {
  const words = placeStrings();
  const around = area ? circles(area).slice(1).reverse() : [];
  const here = (
    <strong id={hereId(field)} tabIndex={-1}>
      {area ? nameOf(area) : words.all}
    </strong>
  );
  if (!area) return <p class="way">{here}</p>;
  return (
    <p class="way">
      <Step field={field} code="" name={words.all} />
      {around.map((step) => (
        <Step key={step.code} field={field} code={step.code} name={nameOf(step)} />
      ))}
      {here}
    </p>
  );
}

function Step({ field, code, name }: { field: Field; code: string; name: string }) {
  return (
    <>
      <button type="button" class="quiet" data-area={code} onClick={() => browse(field, code)}>
        {name}
      </button>
      {" / "}
    </>
  );
}

/** What lies in an area, in alphabetical order. Governorates that have to be fetched first come last. */
function Content({ field, area }: { field: Field; area: Area | undefined }) {
  const inner = sorted(areasIn(area?.code));
  const places = area ? sorted(placesIn(area.code)) : [];
  return (
    <ul class="places">
      {places.length > 0 && area && <OnlyArea field={field} area={area} />}
      {inner.map((each) => (
        <Inner key={each.code} field={field} area={each} />
      ))}
      {!area && sorted(absent()).map((each) => <Inner key={each.code} field={field} area={each} />)}
      {places.map((place) => (
        <li key={place.pcode}>
          <button
            type="button"
            data-place={place.pcode}
            onClick={() => take(field, { pcode: place.pcode, text: nameOf(place) })}
          >
            {nameOf(place)}
          </button>
        </li>
      ))}
    </ul>
  );
}

type InnerProps = { readonly field: Field; readonly area: Named & { readonly bytes?: number } };

function Inner({ field, area }: InnerProps) {
  const { code, bytes } = area;
  return (
    <li>
      <button type="button" data-area={code} onClick={() => browse(field, code)}>
        {nameOf(area)}
        {bytes && <small>{sizeInWords(bytes)}</small>}
      </button>
    </li>
  );
}

/** For a place that is in no list: what was typed, in this subdistrict; or the subdistrict alone. */
function OnlyArea({ field, area }: { field: Field; area: Area }) {
  const words = placeStrings();
  const { pcode, text: typed } = placeIn(field);
  const text = pcode === null ? typed : "";
  const place = { pcode: null, text: text || nameOf(area), adm3: area.code };
  return (
    <li>
      <button type="button" data-act="only-area" onClick={() => take(field, place)}>
        {text ? fill(words.here, { text }) : words.onlyArea}
      </button>
    </li>
  );
}

/** A governorate whose places are on their way, or did not come. */
function Coming({ code }: { code: string }) {
  const words = placeStrings();
  const { coming } = fetching();
  const { done, of } = coming ?? { done: 0, of: 1 };
  return (
    <>
      <p role="status" class={coming ? "hint" : "error"}>
        {coming ? fill(words.coming, { n: done + 1, of }) : words.failed}
      </p>
      {!coming && (
        <button type="button" data-act="again" onClick={() => void bring(code)}>
          {words.again}
        </button>
      )}
    </>
  );
}
