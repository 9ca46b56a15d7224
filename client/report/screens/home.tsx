/** The start: what this is, what it cannot do, and the three kinds of report. */
import vocabulary from "virtual:vocabulary-report";
import { chooseKind, go } from "../actions.ts";
import { Icon } from "../icons.tsx";
import { type AnnexScreen, read } from "../state.ts";
import { count, labels, strings } from "../words.ts";
import { mayArrive } from "./fate.tsx";
import { Frame } from "./frame.tsx";
import { DateOff, Offline } from "./status.tsx";

/** Browsers inside other apps. Those of iPhones do not call themselves Safari, nor do pages on the home screen. */
const INSIDE_AN_APP = /; wv\)|FBA[NV]|Instagram|(?:iPhone|iPad)(?!.*Safari)/;

/** What such a browser stores is shown in no other one, and some forget it with their window. */
function InsideAnApp() {
  const { userAgent, standalone } = navigator as Navigator & { standalone?: boolean };
  if (standalone || !INSIDE_AN_APP.test(userAgent)) return null;
  return (
    <p class="notice" data-inside-an-app>
      {strings().insideAnApp}
    </p>
  );
}

export function Home() {
  const fates = read().view?.waiting.map(({ fate }) => fate) ?? [];
  const waiting = fates.filter(mayArrive).length;
  const words = strings();
  return (
    <Frame title={words.homeTitle}>
      <p>{words.homeIntro}</p>
      <InsideAnApp />
      <DateOff />
      {fates.includes("lost") && <p class="error">{words.fateLost}</p>}
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
        {waiting > 0 && ` (${count(words.waitingCount, waiting)})`}
      </button>
      <More screen="answer" text={words.toAnswer} />
      <More screen="handover" text={words.toHandOver} />
      <More screen="carry" text={words.toCarry} />
      <More screen="real" text={words.toReal} />
    </Frame>
  );
}

/** The way to a screen that few people need. */
function More({ screen, text }: { screen: AnnexScreen; text: string }) {
  return (
    <button type="button" class="quiet" data-act={screen} onClick={() => go(screen)}>
      {text}
    </button>
  );
}
