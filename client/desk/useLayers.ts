/**
 * What is open over a section: an event, a report of it, a case, and so on. Going back in the browser closes the last; the history
 * learns nothing but that there was a step.
 */
import { useEffect, useState } from "preact/hooks";

export interface Layer {
  readonly what: "report" | "event" | "case";
  readonly id: string;
}

export interface Layers {
  /** The last that was opened; null when nothing is. */
  readonly top: Layer | null;
  /** What lies under it; null when that is the section itself. */
  readonly under: Layer | null;
  /** Opens a layer; one of the same sort takes the place of the last. */
  readonly open: (next: Layer) => void;
  readonly close: () => void;
  /** Closes all of them. */
  readonly drop: () => void;
}

export function useLayers(): Layers {
  const [layers, setLayers] = useState<readonly Layer[]>([]);
  useEffect(() => {
    const close = () => setLayers((all) => all.slice(0, -1));
    addEventListener("popstate", close);
    return () => removeEventListener("popstate", close);
  }, []);
  const top = layers.at(-1) ?? null;
  function open(next: Layer) {
    if (top?.what === next.what) return setLayers([...layers.slice(0, -1), next]);
    history.pushState(null, "");
    setLayers([...layers, next]);
  }
  return {
    top,
    under: layers.at(-2) ?? null,
    open,
    close: () => history.back(),
    drop: () => setLayers([]),
  };
}
