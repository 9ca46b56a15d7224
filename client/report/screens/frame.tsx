/** What every screen begins with: what has to be known everywhere, and its title. */
import type { ComponentChildren } from "preact";
import { read } from "../state.ts";
import { strings } from "../words.ts";

export function Frame({ title, children }: { title: string; children: ComponentChildren }) {
  const { screen, view, languageFailed } = read();
  const words = strings();
  // The review says it beside the button that does not work.
  const otherKey = view?.need === "pin" && screen !== "review";
  return (
    <>
      {languageFailed && <p class="error">{words.languageFailed}</p>}
      {view && !view.durable && <p class="notice">{words.memoryOnly}</p>}
      {otherKey && <p class="error">{words.needPin}</p>}
      <h1 tabIndex={-1}>{title}</h1>
      {children}
    </>
  );
}
