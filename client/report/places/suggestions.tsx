/** What somebody may have meant by what they typed. */
import type { Found } from "../../shared/search.ts";
import { isLatin } from "../../shared/spelling.ts";
import type { Field } from "../../shared/vocabulary.ts";
import { placeIn } from "../form/place.tsx";
import { count, fill } from "../words.ts";
import { absent, bring, fetching, find } from "./atlas.ts";
import { browse, take } from "./choose.ts";
import { aroundInWords, nameOf, sizeInWords } from "./names.ts";
import { placeStrings } from "./words.ts";

/** What fits as badly as this is hardly meant: rather a place far away, or one in no list. */
const WEAK = 40;

export function Suggestions({ field }: { field: Field }) {
  const words = placeStrings();
  const { text } = placeIn(field);
  const found = find(text);
  const isWeak = !found[0] || found[0].cost > WEAK;
  const elsewhere = (
    <>
      <Everywhere />
      <Other field={field} text={text} />
    </>
  );
  return (
    <>
      <p class="unseen" role="status">
        {count(words.found, found.length)}
      </p>
      <ul class="places">
        {isWeak && elsewhere}
        {found.map((each) => (
          <Suggestion key={each.place.pcode} field={field} found={each} />
        ))}
        {!isWeak && elsewhere}
        <li>
          <button type="button" data-act="browse" onClick={() => browse(field, "")}>
            {words.browse}
          </button>
        </li>
      </ul>
    </>
  );
}

/** What was typed stays as it is. */
function Other({ field, text }: { field: Field; text: string }) {
  return (
    <li>
      <button type="button" data-place="other" onClick={() => take(field, { pcode: null, text })}>
        {placeStrings().other}
      </button>
    </li>
  );
}

/** A place with its area below it, and the name that fitted where that is another one. */
function Suggestion({ field, found }: { field: Field; found: Found }) {
  const { pcode, area } = found.place;
  const shown = nameOf(found.place);
  const isTyped = isLatin(found.name) === isLatin(placeIn(field).text);
  return (
    <li>
      <button type="button" data-place={pcode} onClick={() => take(field, { pcode, text: shown })}>
        <bdi>{shown}</bdi> {isTyped && found.name !== shown && <bdi class="also">{found.name}</bdi>}
        <small>{aroundInWords(area)}</small>
      </button>
    </li>
  );
}

/** The governorates that are not here yet are fetched by a tap: it costs data, and the network may be poor. */
function Everywhere() {
  const words = placeStrings();
  const { coming, failed } = fetching();
  const bytes = absent().reduce((sum, governorate) => sum + governorate.bytes, 0);
  if (bytes === 0) return null;
  return (
    <li>
      <button type="button" data-act="everywhere" onClick={() => void bring()}>
        {failed ? words.again : words.everywhere}
        <small role="status">
          {coming
            ? fill(words.coming, { n: coming.done + 1, of: coming.of })
            : failed
              ? words.failed
              : sizeInWords(bytes)}
        </small>
      </button>
    </li>
  );
}
