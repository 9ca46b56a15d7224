/** What every screen begins with: what has to be known everywhere, and its title. */
import type { ComponentChildren } from "preact";
import { go } from "../actions.ts";
import { read } from "../state.ts";
import { strings } from "../words.ts";
import { Languages } from "./languages.tsx";

export function Frame({ title, children }: { title: string; children: ComponentChildren }) {
  const { screen, view } = read();
  const words = strings();
  // The review says it beside the button that does not work.
  const otherKey = view?.need === "pin" && screen !== "review";
  return (
    <>
      <Languages />
      {view && !view.durable && <p class="notice">{words.memoryOnly}</p>}
      {otherKey && <p class="error">{words.needPin}</p>}
      {view?.offer && screen !== "real" && (
        <button type="button" class="second" data-act="offer" onClick={() => go("real")}>
          {words.offered}
        </button>
      )}
      <h1 tabIndex={-1}>{title}</h1>
      {children}
    </>
  );
}
