/** A screen whose part is fetched when somebody first goes there. */
import type { ComponentType } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import { insistOnLater } from "../parts.ts";
import { Soon } from "../screens/soon.tsx";

const TITLE = "main h1";

/** `screen` is asked for once the script of the part has run. Its title takes the focus then, as on every other screen. */
export function fetched(part: string, screen: () => ComponentType): ComponentType {
  let came = false;
  return function Fetched() {
    const [isHere, setHere] = useState(came);
    const bring = async (): Promise<void> => {
      await insistOnLater(part);
      came = true;
      setHere(true);
    };
    // Before it is painted: later the focus would be taken from whoever has begun to type.
    useLayoutEffect(() => {
      document.querySelector<HTMLElement>(TITLE)?.focus();
      if (!isHere) void bring();
    }, [isHere]);
    const Screen = isHere ? screen() : Soon;
    return <Screen />;
  };
}
