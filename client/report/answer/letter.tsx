/** What the desk wrote. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { dayInWords } from "../screens/review.tsx";
import type { Found } from "./look.ts";
import { answerStrings } from "./words.ts";

/** It takes the focus when it comes, so that it is read out. */
export function Written({ found }: { found: Found }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), [found]);
  const words = answerStrings();
  const state = typeof found === "string" ? found : found.state;
  const [title, text] = {
    none: [words.stateNone, words.noneText],
    trouble: [words.stateTrouble, words.troubleText],
    received: [words.stateReceived, words.receivedText],
    opened: [words.stateOpened, words.openedText],
    closed: [words.stateClosed, words.closedText],
  }[state];
  return (
    <section class="card">
      <h2 ref={heading} tabIndex={-1} class="fate" data-state={state}>
        {title}
      </h2>
      <p>{text}</p>
      {typeof found !== "string" && (
        <ol>
          {found.words.map((said, at) => (
            <li key={at} data-words>
              <small>{dayInWords(said.day)}</small>
              <p dir="auto">{said.text}</p>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
