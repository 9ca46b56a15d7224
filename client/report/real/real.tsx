/**
 * The part `real`, "is this the real one?": whose key this phone holds to, which build this is, and how to compare. Fetched
 * when somebody first asks; the picture is drawn by the annex.
 */
import { buildId } from "../actions.ts";
import { Frame } from "../screens/frame.tsx";
import { change, read } from "../state.ts";
import { count, strings } from "../words.ts";
import { realStrings } from "./words.ts";

/** What waits for the second tap, in the place of an envelope's id. */
const ORGANISATION = "organisation";

export function Real() {
  const { view } = read();
  const words = realStrings();
  return (
    <Frame title={words.title}>
      {view?.offer && <Offer offer={view.offer} waits={view.waiting.length} />}
      <p>{words.text}</p>
      <ol class="steps">
        {words.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p>{words.doubt}</p>
      <h2>{words.address}</h2>
      <p class="digits">
        <bdi dir="ltr">{location.host}</bdi>
      </p>
      <Organisation />
      <h2>{words.build}</h2>
      <p class="digits">
        <bdi dir="ltr" data-build>
          {buildId()}
        </bdi>
      </p>
    </Frame>
  );
}

/** The root print as digits, and in a picture as the link that introduces people to this organisation. */
function Organisation() {
  const { view, annex } = read();
  const words = realStrings();
  const { organisation = "", digits = "", root = "", keyIsOld, otherRoot } = view ?? {};
  return (
    <section>
      <h2>{strings().keyTitle}</h2>
      {otherRoot && <p class="error">{strings().keyRefused}</p>}
      {keyIsOld && <p class="notice">{strings().keyOld}</p>}
      <p>{organisation ? <bdi>{organisation}</bdi> : strings().keyMissing}</p>
      <Digits digits={digits} />
      {root && annex && (
        <annex.Qr text={`${location.origin}/#root=${root}`} label={words.picture} />
      )}
      {root && <p class="hint">{words.picture}</p>}
    </section>
  );
}

function Digits({ digits }: { digits: string }) {
  return (
    <p class="digits">
      <bdi dir="ltr" data-root-digits>
        {digits}
      </bdi>
    </p>
  );
}

/** A link of another organisation brought the person here: nothing changes unless they say so, twice. */
function Offer({ offer, waits }: { offer: string; waits: number }) {
  const words = realStrings();
  const { removing, changeFailed } = read();
  const isAsked = removing === ORGANISATION;
  return (
    <section class="card" data-offer>
      <h2>{words.offerTitle}</h2>
      <p>{words.offerText}</p>
      <Digits digits={offer} />
      <p class="error" role="status">
        {changeFailed && words.offerFailed}
      </p>
      {waits > 0 ? (
        <p class="notice">{count(words.offerWaits, waits)}</p>
      ) : (
        <button
          type="button"
          class={isAsked ? "second" : "quiet"}
          data-act={isAsked ? "change-sure" : "change"}
          onClick={() => (isAsked ? void changeOrganisation() : change({ removing: ORGANISATION }))}
        >
          {isAsked ? words.offerSure : words.offerTake}
        </button>
      )}
    </section>
  );
}

async function changeOrganisation(): Promise<void> {
  change({ removing: "", changeFailed: false });
  const changed = await read().sealing?.changeOrganisation();
  change({ changeFailed: !changed });
}
