/** A dialog over everything: the browser keeps focus in it and the rest out of reach. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

/** `cover` hides what lies behind it. Escape closes nothing by itself: whoever opened it takes it away. */
export function Dialog({
  title,
  screen,
  cover = false,
  onEscape,
  children,
}: {
  readonly title: string;
  readonly screen: string;
  readonly cover?: boolean;
  readonly onEscape?: () => void;
  readonly children: ComponentChildren;
}) {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => element.current?.showModal(), []);
  return (
    <dialog
      ref={element}
      class={cover ? "dialog cover" : "dialog"}
      aria-labelledby={heading}
      data-screen={screen}
      onCancel={(event) => {
        event.preventDefault();
        onEscape?.();
      }}
    >
      <h2 id={heading}>{title}</h2>
      {children}
    </dialog>
  );
}
