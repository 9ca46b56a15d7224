/** The words for what is true of a sealed report. */
import type { Fate as FateName } from "../seal.ts";
import { strings } from "../words.ts";

type FateProps = { readonly fate: FateName; readonly refused: boolean };

export function Fate({ fate, refused }: FateProps) {
  const words = strings();
  const text = {
    window: words.fateWindow,
    saved: words.fateSaved,
    received: words.fateReceived,
    broken: words.fateBroken,
    lost: words.fateLost,
    gone: words.fateGone,
  }[fate];
  return (
    <>
      <p class="fate" data-fate={fate}>
        {text}
      </p>
      {refused && <p data-refused>{words.fateRefused}</p>}
    </>
  );
}

/** Whether sending it makes sense. */
export const mayArrive = (fate: FateName): boolean => fate !== "broken" && fate !== "lost";
