/** Text that a stranger wrote: shown as text only, in its own direction, with acting characters shown by their codes. */
import { segments } from "../visible.ts";

/** `<bdi>` keeps the text's direction from reaching what stands around it. */
export function Foreign({ text }: { readonly text: string }) {
  return (
    <bdi dir="auto" class="foreign">
      {segments(text).map(({ text: stretch, mark }) =>
        mark === null ? (
          stretch
        ) : (
          <span class="mark" dir="ltr" data-character={mark}>
            {mark}
          </span>
        ),
      )}
    </bdi>
  );
}

/** A code that the vocabulary does not know, or an id: shown as it is, left to right. */
export function Raw({ code }: { readonly code: string }) {
  return (
    <code class="raw" dir="ltr">
      <Foreign text={code} />
    </code>
  );
}
