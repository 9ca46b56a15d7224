/** The words for what is true of a sealed report. */
import type { Fate as FateName } from "../seal.ts";
import { read } from "../state.ts";
import { strings } from "../words.ts";

export function Fate({ fate }: { fate: FateName }) {
  const words = strings();
  const text = {
    window: words.fateWindow,
    saved: words.fateSaved,
    received: words.fateReceived,
    refused: words.fateRefused,
    broken: words.fateBroken,
    gone: words.fateGone,
  }[fate];
  return (
    <p class="fate" data-fate={fate}>
      {text}
    </p>
  );
}

/** A receipt is the strongest word; then what the outbox says. */
export function fateOf(id: string): FateName {
  const { view } = read();
  if (view?.received.includes(id)) return "received";
  return view?.waiting.find((record) => record.id === id)?.fate ?? "gone";
}
