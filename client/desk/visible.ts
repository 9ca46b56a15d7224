/**
 * Text from strangers, made safe to look at. A note may carry characters that turn lines around, hide words or pretend
 * to be something else; each of them is shown by its code instead of being obeyed.
 */

/** A stretch of ordinary text, or something that must not act, with the code to show in its place. */
export type Segment =
  | { readonly text: string; readonly mark: null }
  | { readonly text: string; readonly mark: string };

/**
 * Controls but line feed and tab, soft hyphen, bidi controls, invisible fillers, line and paragraph separators,
 * interlinear marks, tag characters, private use and lone surrogates; and what is piled up on four combining marks or more,
 * which would run over the lines above. The joiners U+200C and U+200D stay: Arabic script and
 * emoji need them and they reorder nothing.
 */
const ACTING =
  /\u034F|(?<=\p{M}{4})\p{M}+|[\p{Cc}\u00AD\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\p{Co}\p{Cs}\u{E0000}-\u{E0FFF}]/gu;
const HARMLESS = new Set(["\n", "\t"]);

/** The code point of a character; of a pile, that of its first and how many they are. */
function codeOf(stretch: string): string {
  const characters = [...stretch];
  const code = stretch.codePointAt(0) ?? 0;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  return characters.length > 1 ? `${name} ×${characters.length}` : name;
}

/** Cuts a text into ordinary stretches and marked characters; joined again without marks it has no acting character. */
export function segments(text: string): Segment[] {
  const found: Segment[] = [];
  let start = 0;
  for (const match of text.matchAll(ACTING)) {
    const character = match[0];
    if (HARMLESS.has(character)) continue;
    if (match.index > start) found.push({ text: text.slice(start, match.index), mark: null });
    found.push({ text: character, mark: codeOf(character) });
    start = match.index + character.length;
  }
  if (start < text.length) found.push({ text: text.slice(start), mark: null });
  return found;
}

/** Whether any text inside a value holds an acting character. */
export function hasActing(value: unknown): boolean {
  if (typeof value === "string") return segments(value).some(({ mark }) => mark !== null);
  return typeof value === "object" && value !== null && Object.values(value).some(hasActing);
}
