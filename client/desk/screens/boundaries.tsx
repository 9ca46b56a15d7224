/** Boundaries from a file of the organisation: read in this window, drawn on the map, gone with it. */
import { useId, useState } from "preact/hooks";
import { codeOf } from "../problems.ts";
import { type Flaw, MAX_BYTES, parseBoundaries, Unfit } from "../seeing/boundaries.ts";
import type { Line } from "../seeing/projection.ts";
import { useText } from "../text.ts";

/** The lines of a file; throws Unfit. */
async function linesOf(file: File): Promise<readonly Line[]> {
  if (file.size > MAX_BYTES) throw new Unfit("too_large");
  return parseBoundaries(await file.text());
}

/** What is not the file's fault is the program's. */
function flawOf(error: unknown): Flaw {
  if (error instanceof Unfit) return error.flaw;
  codeOf(error);
  return "not_json";
}

/** What was loaded, and what takes its place. */
export interface BoundaryFile {
  readonly lines: readonly Line[];
  readonly onLines: (lines: readonly Line[]) => void;
}

export function Boundaries({ lines, onLines }: BoundaryFile) {
  const t = useText();
  const id = useId();
  const [flaw, setFlaw] = useState<Flaw | null>(null);
  function take(input: HTMLInputElement) {
    const file = input.files?.[0];
    input.value = "";
    setFlaw(null);
    if (file) linesOf(file).then(onLines, (error) => setFlaw(flawOf(error)));
  }
  return (
    <details class="rule" data-part="boundaries">
      <summary>{t("map_boundaries")}</summary>
      <p id={`${id}-lead`}>{t("map_boundaries_lead")}</p>
      <div class="field">
        <label for={id}>{t("map_boundaries_file")}</label>
        <input
          id={id}
          type="file"
          accept=".geojson,.json,application/geo+json"
          aria-describedby={`${id}-lead`}
          data-field="boundaries"
          onChange={(event) => take(event.currentTarget)}
        />
      </div>
      <p role="status" data-flaw={flaw ?? undefined} class={flaw ? "wrong" : "fine"}>
        {flaw ? t(`map_flaw_${flaw}`) : lines.length > 0 && t("map_lines", { count: lines.length })}
      </p>
      {lines.length > 0 && (
        <button type="button" data-action="drop-boundaries" onClick={() => onLines([])}>
          {t("map_boundaries_drop")}
        </button>
      )}
    </details>
  );
}
