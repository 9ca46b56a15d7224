/** The start: what this is, what it cannot do, and the three kinds of report. */
import vocabulary from "virtual:vocabulary-report";
import { chooseKind, go } from "../actions.ts";
import { Icon } from "../icons.tsx";
import { read } from "../state.ts";
import { fill, labels, strings } from "../words.ts";
import { Frame } from "./frame.tsx";
import { DateOff, Offline } from "./status.tsx";

export function Home() {
  const { view } = read();
  const words = strings();
  return (
    <Frame title={words.homeTitle}>
      <p>{words.homeIntro}</p>
      <DateOff />
      <div class="kinds">
        {Object.entries(vocabulary.kinds).map(([kind, { icon }]) => (
          <button key={kind} type="button" data-kind={kind} onClick={() => chooseKind(kind)}>
            <Icon name={icon} />
            <span>{labels().kinds[kind]?.label}</span>
          </button>
        ))}
      </div>
      <Offline />
      <button type="button" class="quiet" data-act="status" onClick={() => go("status")}>
        {words.toStatus}
        {view &&
          view.waiting.length > 0 &&
          ` (${fill(words.waitingCount, { n: view.waiting.length })})`}
      </button>
    </Frame>
  );
}
