/** A text as a QR code, for whoever draws it. */
import { generate } from "lean-qr";

/** Quiet modules around a code. */
const BORDER = 4;

/** What an SVG needs: `viewBox`, and the `d` of one path that holds every dark module. */
export interface QrShape {
  readonly box: string;
  readonly path: string;
}

export function qrShape(text: string): QrShape {
  const code = generate(text);
  const { size } = code;
  const across = Array.from({ length: size }, (_, at) => at);
  const squares = across.flatMap((y) => across.map((x) => (code.get(x, y) ? square(x, y) : "")));
  const whole = size + 2 * BORDER;
  return { box: `${-BORDER} ${-BORDER} ${whole} ${whole}`, path: squares.join("") };
}

const square = (x: number, y: number): string => `M${x} ${y}h1v1h-1z`;
