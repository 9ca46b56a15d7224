/** Modules that the build computes from server/amana/data and from its own output; see bundle/virtual.mjs. */

/** The rules of the three kinds of report, without words. */
declare module "virtual:vocabulary-report" {
  const vocabulary: import("./vocabulary.ts").ReportVocabulary;
  export default vocabulary;
}

/** The default language (Arabic), compiled in. Other languages are parts named `language-<code>`, of the same shape. */
declare module "virtual:language" {
  const language: import("./vocabulary.ts").LanguagePack;
  export default language;
}

/** Words of the report vocabulary in every language, by language code; for the desk. */
declare module "virtual:labels" {
  const labels: Readonly<Record<string, import("./vocabulary.ts").ReportLabels>>;
  export default labels;
}

/** Fields and option sets of an assessment with labels in every language; for the desk. */
declare module "virtual:vocabulary-assessment" {
  const vocabulary: import("./vocabulary.ts").AssessmentVocabulary;
  export default vocabulary;
}

/** Names of administrative areas by level, in the order of their codes; for the desk. */
declare module "virtual:areas" {
  type Area = readonly [code: string, names: Readonly<Record<string, string>>];
  const areas: Readonly<Record<"adm1" | "adm2" | "adm3", readonly Area[]>>;
  export default areas;
}

/** The place pack itself, for tests and benchmarks; the apps load the part `places`. */
declare module "virtual:places" {
  const pack: import("./places.ts").PackedPlaces;
  export default pack;
}

/**
 * What is loaded after the first paint. Reporter: `seal` (script), `places` (JSON), `language-<code>` (JSON).
 * Desk: `worker` (script), `places` (JSON). `bytes` is the length before compression.
 */
declare module "virtual:parts" {
  type Part = { readonly url: string; readonly integrity: string; readonly bytes: number };
  const parts: Readonly<Record<string, Part>>;
  export default parts;
}

/** The service worker's list: the page `/` and every asset, with the SHA-256 in hex and the length in bytes. */
declare module "virtual:shell" {
  type Entry = { readonly url: string; readonly sha256: string; readonly bytes: number };
  const shell: readonly Entry[];
  export default shell;
}
