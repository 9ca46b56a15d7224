/** The shape of a kind, small, beside words that say the same. */
import { shapePath } from "../seeing/signs.ts";

const SIZE = 16;
const RADIUS = 4.4;

/** `isFilled`: the shape of events; else that of reports that wait. */
export function Glyph({ kind, isFilled }: { readonly kind: string; readonly isFilled: boolean }) {
  return (
    <svg class="glyph" width={SIZE} height={SIZE} aria-hidden="true">
      <path
        class={isFilled ? "shape event" : "shape"}
        data-shape={kind}
        d={shapePath(kind, [SIZE / 2, SIZE / 2], RADIUS)}
      />
    </svg>
  );
}
