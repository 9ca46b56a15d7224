/**
 * The heading of a screen. It takes the focus when the screen opens, so that it is read out and Tab goes on from there;
 * unless something of the screen has it already.
 */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

export function Heading({ children }: { readonly children: ComponentChildren }) {
  const element = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (element.current?.closest("main")?.contains(document.activeElement)) return;
    scrollTo(0, 0);
    element.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1 ref={element} tabIndex={-1}>
      {children}
    </h1>
  );
}
