/** What every screen begins with: what has to be known everywhere, and its title. */
import type { ComponentChildren } from "preact";
import { read } from "../state.ts";
import { strings } from "../words.ts";

export function Frame({ title, children }: { title: string; children: ComponentChildren }) {
  const { view, languageFailed } = read();
  const words = strings();
  return (
    <>
      {languageFailed && <p class="error">{words.languageFailed}</p>}
      {view && !view.durable && <p class="notice">{words.memoryOnly}</p>}
      {view?.need === "pin" && <p class="error">{words.needPin}</p>}
      <h1 tabIndex={-1}>{title}</h1>
      {children}
    </>
  );
}
