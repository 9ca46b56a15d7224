/** "Hand over": what waits here goes to another phone, as a file or as pictures on this screen. */
import { useEffect, useState } from "preact/hooks";
import type { Bytes } from "../../shared/bytes.ts";
import { framesOf } from "../../shared/frames.ts";
import { download } from "../download.ts";
import { parcelFile } from "../file.ts";
import { Frame } from "../screens/frame.tsx";
import { read } from "../state.ts";
import { count, fill } from "../words.ts";
import { Qr } from "./qr.tsx";
import { annexStrings } from "./words.ts";

/** Milliseconds that a picture stays: poor cameras need two or three tries. */
const PACE = 400;

export function HandOver() {
  const { sealing, view } = read();
  const waiting = view?.waiting.length ?? 0;
  const [parcels, setParcels] = useState<readonly Bytes[]>([]);
  const words = annexStrings();
  useEffect(() => void sealing?.parcels().then(setParcels), [sealing, waiting]);
  return (
    <Frame title={words.handOverTitle}>
      <p>{words.handOverText}</p>
      {parcels.length === 0 ? (
        <p class="notice">{words.handOverNothing}</p>
      ) : (
        <>
          <p>{count(words.handOverCount, waiting)}</p>
          <Files parcels={parcels} />
          <Pictures parcels={parcels} />
        </>
      )}
    </Frame>
  );
}

/** A file for each parcel: one, unless very much waits. */
function Files({ parcels }: { parcels: readonly Bytes[] }) {
  const words = annexStrings();
  const files = parcels.map(parcelFile);
  const shared = files.map(({ name, bytes }) => new File([bytes], name, { type: FILE_TYPE }));
  const canShare = "canShare" in navigator && navigator.canShare({ files: shared });
  return (
    <section>
      <h2>{words.fileTitle}</h2>
      <p class="hint">{words.fileText}</p>
      {canShare && (
        <button type="button" class="second" data-act="share" onClick={() => void share(shared)}>
          {words.fileShare}
        </button>
      )}
      {files.map((file, at) => (
        <button
          key={file.name}
          type="button"
          class="second"
          data-act="save-parcel"
          onClick={() => download(file)}
        >
          {files.length === 1 ? words.fileSave : fill(words.fileSaveOne, { n: at + 1 })}
        </button>
      ))}
    </section>
  );
}

const FILE_TYPE = "application/octet-stream";

/** A person who changes their mind in the system's own sheet has done nothing wrong. */
async function share(files: File[]): Promise<void> {
  await navigator.share({ files }).catch(() => undefined);
}

/** The parcels as pictures, one after another and from the beginning again, for as long as they are looked at. */
function Pictures({ parcels }: { parcels: readonly Bytes[] }) {
  const [shown, setShown] = useState(false);
  const words = annexStrings();
  return (
    <section>
      <h2>{words.picturesTitle}</h2>
      <p class="hint">{words.picturesText}</p>
      <button
        type="button"
        class="second"
        data-act="pictures"
        aria-expanded={shown}
        onClick={() => setShown(!shown)}
      >
        {shown ? words.picturesStop : words.picturesShow}
      </button>
      {shown && <Film parcels={parcels} />}
    </section>
  );
}

function Film({ parcels }: { parcels: readonly Bytes[] }) {
  const [frames, setFrames] = useState<readonly string[]>([]);
  const [at, setAt] = useState(0);
  const words = annexStrings();
  useEffect(() => {
    void Promise.all(parcels.map(framesOf)).then((series) => setFrames(series.flat()));
  }, [parcels]);
  useEffect(() => {
    const timer = setInterval(() => setAt((now) => now + 1), PACE);
    return () => clearInterval(timer);
  }, []);
  const number = frames.length === 0 ? 0 : at % frames.length;
  const frame = frames[number];
  if (frame === undefined) return null;
  const label = fill(words.picture, { n: number + 1, of: frames.length });
  return (
    <figure data-frame={number} data-frames={frames.length}>
      <Qr text={frame} label={label} />
      <figcaption class="hint">{label}</figcaption>
    </figure>
  );
}
