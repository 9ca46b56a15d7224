/**
 * A parcel as a series of pictures, for a phone that reads them from another's screen (PROTOCOL section 6).
 *
 *     frame = "AMQ1:" || base45( series (8) || u16 number || u16 count || piece )
 *
 * `series` is the beginning of the parcel's SHA-256, so that pieces of two parcels never mix and a whole one is known
 * to be right. Frames come in any order, any number of times.
 */
import { fromBase45, toBase45 } from "./base45.ts";
import { type Bytes, concat, toHex } from "./bytes.ts";
import { sha256 } from "./primitives.ts";

const START = "AMQ1:";
const SERIES_BYTES = 8;
const HEAD_BYTES = SERIES_BYTES + 4;
/** Fills a QR code of version 15 at the lowest correction: large enough squares for a poor camera. */
const PIECE_BYTES = 480;

/** What was read of one series so far. */
export type Series = {
  readonly id: string;
  readonly count: number;
  readonly pieces: ReadonlyMap<number, Bytes>;
};

/** The frames of a parcel, in order. */
export async function framesOf(parcel: Bytes): Promise<string[]> {
  const series = await seriesOf(parcel);
  const count = Math.ceil(parcel.length / PIECE_BYTES);
  return Array.from({ length: count }, (_, number) => {
    const piece = parcel.subarray(number * PIECE_BYTES, (number + 1) * PIECE_BYTES);
    return START + toBase45(concat(series, u16(number), u16(count), piece));
  });
}

/** Adds what one picture says. A frame of another series begins that one; what is no frame changes nothing. */
export function addFrame(series: Series | null, text: string): Series | null {
  const frame = parseFrame(text);
  if (!frame) return series;
  const { id, count, number, piece } = frame;
  const before = series?.id === id && series.count === count ? series.pieces : new Map();
  return { id, count, pieces: new Map([...before, [number, piece]]) };
}

/** The parcel, once every piece is there; null before, and when the pieces do not make the parcel of this series. */
export async function parcelOf({ id, count, pieces }: Series): Promise<Bytes | null> {
  if (pieces.size < count) return null;
  const inOrder = [...pieces].sort(([one], [other]) => one - other).map(([, piece]) => piece);
  const parcel = concat(...inOrder);
  return toHex(await seriesOf(parcel)) === id ? parcel : null;
}

function parseFrame(
  text: string,
): (Omit<Series, "pieces"> & { number: number; piece: Bytes }) | null {
  if (!text.startsWith(START)) return null;
  const bytes = decoded(text.slice(START.length));
  if (!bytes || bytes.length <= HEAD_BYTES) return null;
  const view = new DataView(bytes.buffer);
  const number = view.getUint16(SERIES_BYTES);
  const count = view.getUint16(SERIES_BYTES + 2);
  const id = toHex(bytes.subarray(0, SERIES_BYTES));
  return number < count ? { id, count, number, piece: bytes.slice(HEAD_BYTES) } : null;
}

function decoded(text: string): Bytes | null {
  try {
    return fromBase45(text);
  } catch {
    return null;
  }
}

const seriesOf = async (parcel: Bytes): Promise<Bytes> =>
  (await sha256(parcel)).slice(0, SERIES_BYTES);

const u16 = (value: number): Bytes => Uint8Array.of(value >> 8, value & 255);
