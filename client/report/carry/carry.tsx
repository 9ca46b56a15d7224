/**
 * The part `carry`: takes over sealed reports from another phone, unread, and says how many arrived. Fetched when somebody
 * first wants to carry for others, as the global `amanaCarry`.
 */
import { useState } from "preact/hooks";
import { bytesOf } from "../file.ts";
import { PRIVATE } from "../form/common.tsx";
import type { TakenOver } from "../handover.ts";
import { Frame } from "../screens/frame.tsx";
import { read } from "../state.ts";
import { count, fill } from "../words.ts";
import { Camera } from "./camera.tsx";
import { carryStrings } from "./words.ts";

/** What became of the last file or series of pictures; `null` when it was no parcel. */
type Outcome = TakenOver | null;

export function Carry() {
  const [outcome, setOutcome] = useState<Outcome | undefined>(undefined);
  const [scanning, setScanning] = useState(false);
  const { view } = read();
  const words = carryStrings();
  const takeOver = async (parcel: Parameters<typeof carry>[0]): Promise<void> => {
    setScanning(false);
    setOutcome(await carry(parcel));
  };
  return (
    <Frame title={words.title}>
      <p>{words.text}</p>
      <div role="status">
        {outcome !== undefined && <Said outcome={outcome} />}
        {view && <Counts {...view.carried} />}
      </div>
      <label class="file">
        <span>{words.file}</span>
        <input
          {...PRIVATE}
          type="file"
          multiple
          data-carry-file
          onChange={({ currentTarget }) => void each(currentTarget, takeOver)}
        />
      </label>
      <button
        type="button"
        class="second"
        data-act="scan"
        aria-expanded={scanning}
        onClick={() => setScanning(!scanning)}
      >
        {scanning ? words.scanStop : words.scan}
      </button>
      <p class="hint">{words.scanHint}</p>
      {scanning && <Camera found={(parcel) => void takeOver(parcel)} />}
    </Frame>
  );
}

const carry = async (parcel: Uint8Array<ArrayBuffer>): Promise<Outcome> =>
  (await read().sealing?.carry(parcel)) ?? null;

/** Takes over every chosen file; the field is emptied, so that it keeps no name and the same file can be chosen again. */
async function each(
  field: HTMLInputElement,
  takeOver: (parcel: Uint8Array<ArrayBuffer>) => Promise<void>,
): Promise<void> {
  const files = [...(field.files ?? [])];
  for (const file of files) await takeOver(await bytesOf(file));
  field.value = "";
}

function Said({ outcome }: { outcome: Outcome }) {
  const words = carryStrings();
  if (outcome === null)
    return (
      <p class="error" data-carried="none">
        {words.none}
      </p>
    );
  const { reports, foreign } = outcome;
  return (
    <>
      <p class="fate" data-carried={reports}>
        {count(words.taken, reports)}
      </p>
      {foreign > 0 && <p class="error">{count(words.foreign, foreign)}</p>}
    </>
  );
}

function Counts({ waiting, arrived }: { waiting: number; arrived: number }) {
  const words = carryStrings();
  if (waiting + arrived === 0) return null;
  return (
    <p data-carried-waiting={waiting} data-carried-arrived={arrived}>
      {fill(words.counts, { n: waiting, arrived })}
    </p>
  );
}
