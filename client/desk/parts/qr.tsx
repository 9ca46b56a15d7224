/** A text as a picture that a phone reads, drawn here: no request knows of it. */
import { qrShape } from "../../shared/qr.ts";

/** `label` says to those who cannot see it what the picture holds. */
export function Qr({ text, label }: { readonly text: string; readonly label: string }) {
  const { box, path } = qrShape(text);
  return (
    <svg class="qr" viewBox={box} role="img" aria-label={label}>
      <path d={path} />
    </svg>
  );
}
