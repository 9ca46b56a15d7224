/** Reads a series of pictures from another phone's screen. The camera is asked for only when somebody taps on it. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Bytes } from "../../shared/bytes.ts";
import { addFrame, parcelOf, type Series } from "../../shared/frames.ts";
import { pause } from "../clock.ts";
import { fill } from "../words.ts";
import { codeReader } from "./codes.ts";
import { carryStrings } from "./words.ts";

/** Milliseconds between two looks. */
const PACE = 100;

/** `found` gets the parcel once all of its pictures were read. */
export function Camera({ found }: { found: (parcel: Bytes) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [series, setSeries] = useState<Series | null>(null);
  const [failed, setFailed] = useState(false);
  const words = carryStrings();
  useEffect(() => {
    const ended = new AbortController();
    if (video.current)
      void watch(video.current, ended.signal, setSeries, found).catch(() => setFailed(true));
    return () => ended.abort();
  }, []);
  return (
    <>
      <video ref={video} muted playsInline aria-label={words.scan} />
      <p role="status" data-pieces={series?.pieces.size ?? 0}>
        {failed && words.scanFailed}
        {series && fill(words.scanned, { n: series.pieces.size, of: series.count })}
      </p>
    </>
  );
}

/** Looks until the parcel is whole or nobody wants it any more; the camera is off afterwards. */
async function watch(
  video: HTMLVideoElement,
  ended: AbortSignal,
  show: (series: Series | null) => void,
  found: (parcel: Bytes) => void,
): Promise<void> {
  const [readCode, stream] = await Promise.all([
    codeReader(),
    navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }),
  ]);
  try {
    video.srcObject = stream;
    await video.play();
    let series: Series | null = null;
    while (!ended.aborted) {
      series = addFrame(series, await readCode(video));
      show(series);
      const parcel = series && (await parcelOf(series));
      if (parcel) return found(parcel);
      await pause(PACE);
    }
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}
