/** A text as a picture that another phone reads. */
import { generate } from "lean-qr";

/** Quiet modules around the code. */
const BORDER = 4;

/** `label` says to those who cannot see it what the picture holds. */
export function Qr({ text, label }: { text: string; label: string }) {
  const code = generate(text);
  const { size } = code;
  const across = Array.from({ length: size }, (_, at) => at);
  const squares = across.flatMap((y) => across.map((x) => (code.get(x, y) ? square(x, y) : "")));
  const whole = size + 2 * BORDER;
  return (
    <svg
      class="qr"
      viewBox={`${-BORDER} ${-BORDER} ${whole} ${whole}`}
      role="img"
      aria-label={label}
    >
      <path d={squares.join("")} />
    </svg>
  );
}

const square = (x: number, y: number): string => `M${x} ${y}h1v1h-1z`;
