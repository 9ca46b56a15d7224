/** A list of any length: only what is on the screen, and some rows around it, is in the page. */
import {
  observeWindowOffset,
  observeWindowRect,
  Virtualizer,
  type VirtualizerOptions,
  windowScroll,
} from "@tanstack/virtual-core";
import type { ComponentChildren, RefCallback } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** Rows beyond the screen, on either side. */
const AROUND = 50;
/** Pixels between two rows, and of a row that has not been drawn yet. */
const GAP = 6;
const GUESS = 64;

type Options = VirtualizerOptions<Window, HTMLLIElement>;

/** What a row's `<li>` takes: where it stands among all, and how its height becomes known. */
export interface RowProps {
  readonly ref: RefCallback<HTMLLIElement>;
  readonly "data-index": number;
  readonly "aria-posinset": number;
  readonly "aria-setsize": number;
}

function useVirtualizer(options: Pick<Options, "count" | "getItemKey" | "scrollMargin">) {
  const [, redraw] = useState(0);
  const whole: Options = {
    ...options,
    getScrollElement: () => window,
    observeElementRect: observeWindowRect,
    observeElementOffset: observeWindowOffset,
    scrollToFn: windowScroll,
    estimateSize: () => GUESS,
    gap: GAP,
    overscan: AROUND,
    initialRect: { width: innerWidth, height: innerHeight },
    onChange: () => redraw((count) => count + 1),
  };
  const [virtualizer] = useState(() => new Virtualizer(whole));
  virtualizer.setOptions(whole);
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());
  return virtualizer;
}

/** `returnTo`: the key of the row that is brought to the middle and takes the focus when the list opens. */
export function LongList<T>({
  part,
  items,
  keyOf,
  returnTo,
  children,
}: {
  readonly part: string;
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  readonly returnTo: string | null;
  readonly children: (item: T, props: RowProps) => ComponentChildren;
}) {
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  const virtualizer = useVirtualizer({
    count: items.length,
    getItemKey: (index) => keyOf(items[index] as T),
    scrollMargin: top,
  });
  useLayoutEffect(() => {
    if (list.current) setTop(list.current.getBoundingClientRect().top + scrollY);
  });
  const [wanted, setWanted] = useState(returnTo);
  useLayoutEffect(() => {
    const index = items.findIndex((item) => keyOf(item) === wanted);
    if (index < 0) return;
    const line = list.current?.querySelector<HTMLElement>(`[data-index="${index}"] button`);
    if (line) {
      line.focus();
      setWanted(null);
    } else virtualizer.scrollToIndex(index, { align: "center" });
  });
  const shown = virtualizer.getVirtualItems();
  const before = (shown[0]?.start ?? top) - top;
  const behind = virtualizer.getTotalSize() - ((shown.at(-1)?.end ?? top) - top);
  return (
    <ul
      ref={list}
      class="rows"
      data-part={part}
      style={{ paddingBlock: `${before}px ${behind}px`, gap: `${GAP}px` }}
    >
      {shown.map(({ index }) =>
        children(items[index] as T, {
          ref: virtualizer.measureElement,
          "data-index": index,
          "aria-posinset": index + 1,
          "aria-setsize": items.length,
        }),
      )}
    </ul>
  );
}
