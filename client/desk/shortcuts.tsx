/**
 * Keys for those who work fast, by where they are on the keyboard: an Arabic layout has other letters there. They do
 * nothing while somebody types, and a member can turn them off (WCAG 2.1.4).
 */
import { useEffect, useState } from "preact/hooks";
import { Dialog } from "./parts/dialog.tsx";
import { focusOn } from "./parts/focus.ts";
import { ASSESSMENT } from "./screens/assess.tsx";
import { SEARCH } from "./screens/sieve.tsx";
import { type TextKey, useText } from "./text.ts";

interface Shortcut {
  /** What is printed on the key of a Latin keyboard, and its code. */
  readonly key: string;
  readonly code: string;
  readonly words: TextKey;
  readonly act: () => void;
}

const LINES = "[data-screen=queue] li[data-envelope] .line, [data-screen=events] .line";
const TYPING = "input, select, textarea, [contenteditable], dialog";

/** To the line of the list that is so many further on; into the list from outside of it. */
function step(by: number): void {
  const lines = [...document.querySelectorAll<HTMLElement>(LINES)];
  const at = lines.indexOf(document.activeElement as HTMLElement);
  lines[at < 0 ? 0 : at + by]?.focus();
}

const press = (action: string) => (): void =>
  document.querySelector<HTMLElement>(`main [data-action="${action}"]`)?.click();

const SHORTCUTS: readonly Shortcut[] = [
  { key: "J", code: "KeyJ", words: "keys_down", act: () => step(1) },
  { key: "K", code: "KeyK", words: "keys_up", act: () => step(-1) },
  { key: "/", code: "Slash", words: "keys_search", act: () => focusOn(SEARCH) },
  { key: "N", code: "KeyN", words: "keys_next", act: press("next") },
  { key: "B", code: "KeyB", words: "keys_back", act: press("back") },
  { key: "E", code: "KeyE", words: "keys_form", act: () => focusOn(ASSESSMENT) },
];

const isTyping = ({ target }: KeyboardEvent): boolean =>
  target instanceof Element && target.closest(TYPING) !== null;

/** The Arabic one as well. */
const QUESTION: readonly string[] = ["?", "؟"];

/** What a key does; null for any other, and while somebody types or means the browser. */
function actOf(event: KeyboardEvent, isOn: boolean, show: () => void): (() => void) | null {
  if (isTyping(event)) return null;
  if (QUESTION.includes(event.key)) return show;
  if (!isOn || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return null;
  return SHORTCUTS.find(({ code }) => code === event.code)?.act ?? null;
}

function Sheet({
  isOn,
  onTurn,
  onClose,
}: {
  readonly isOn: boolean;
  readonly onTurn: (on: boolean) => void;
  readonly onClose: () => void;
}) {
  const t = useText();
  return (
    <Dialog title={t("keys_title")} screen="keys" onEscape={onClose}>
      <dl class="keys">
        {SHORTCUTS.map(({ key, words }) => (
          <div key={key} class="pair">
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(words)}</dd>
          </div>
        ))}
      </dl>
      <label class="option">
        <input
          type="checkbox"
          checked={isOn}
          data-field="keys"
          onChange={(event) => onTurn(event.currentTarget.checked)}
        />
        <span>{t("keys_on")}</span>
      </label>
      <div class="actions">
        <button type="button" class="primary" data-action="close-keys" onClick={onClose}>
          {t("keys_close")}
        </button>
      </div>
    </Dialog>
  );
}

/** Listens for the keys, and shows what they are when asked. */
export function Shortcuts() {
  const t = useText();
  const [isOn, setOn] = useState(true);
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const heard = (event: KeyboardEvent) => {
      const act = actOf(event, isOn, () => setShown(true));
      if (act) event.preventDefault();
      act?.();
    };
    addEventListener("keydown", heard);
    return () => removeEventListener("keydown", heard);
  }, [isOn]);
  return (
    <footer>
      <button type="button" class="quiet" data-action="keys" onClick={() => setShown(true)}>
        {t("keys_show")}
      </button>
      {isShown && <Sheet isOn={isOn} onTurn={setOn} onClose={() => setShown(false)} />}
    </footer>
  );
}
