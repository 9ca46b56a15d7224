/** Names of places as they were typed in reports, with the places that were meant. */

export type Typed = { readonly text: string; readonly pcode: string };

/** The questions that say where the thing happened that a report is about: what its `truth` tells the place of. */
const ABOUT = ["place", "from_place"];

type Report = {
  readonly answers: Readonly<Record<string, unknown>>;
  readonly truth?: { readonly place?: string | null };
};

/** Reads reports, one a line; those answers are left out whose place nobody knows. */
export function typedIn(lines: string): Typed[] {
  return lines
    .split("\n")
    .flatMap((line, at) => (line.trim() ? answersOf(parse(line, at + 1)) : []));
}

function parse(line: string, number: number): Report {
  try {
    return JSON.parse(line) as Report;
  } catch {
    throw new Error(`line ${number} is not JSON`);
  }
}

function answersOf({ answers, truth }: Report): Typed[] {
  return Object.entries(answers).flatMap(([question, answer]) => {
    const { text, pcode } = (answer ?? {}) as { text?: unknown; pcode?: unknown };
    const place = pcode ?? (ABOUT.includes(question) ? truth?.place : null);
    return typeof text === "string" && typeof place === "string" ? [{ text, pcode: place }] : [];
  });
}
