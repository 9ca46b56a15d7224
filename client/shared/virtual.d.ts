/** Modules that the build computes from server/amana/data and from its own output; see bundle/virtual.mjs. */

/** The rules of the three kinds of report, without words. */
declare module "virtual:vocabulary-report" {
  const vocabulary: import("./vocabulary.ts").ReportVocabulary;
  export default vocabulary;
}

/** The default language (Arabic), compiled in. Other languages are parts named `language-<code>`, packed. */
declare module "virtual:language" {
  const language: {
    readonly lang: string;
    readonly strings: Readonly<Record<string, unknown>>;
    readonly labels: import("./vocabulary.ts").PackedLabels;
  };
  export default language;
}

/** What the first language says on the screens of a part; other languages have it with them. */
declare module "virtual:language-carry" {
  const strings: Readonly<Record<string, unknown>>;
  export default strings;
}

declare module "virtual:language-real" {
  const strings: Readonly<Record<string, unknown>>;
  export default strings;
}

declare module "virtual:language-answer" {
  const strings: Readonly<Record<string, unknown>>;
  export default strings;
}

declare module "virtual:language-places" {
  const strings: Readonly<Record<string, unknown>>;
  export default strings;
}

declare module "virtual:language-annex" {
  const strings: Readonly<Record<string, unknown>>;
  export default strings;
}

/** The app's modules by path, for the scripts that borrow them; see bundle/lending.mjs. */
declare module "virtual:lent" {
  const modules: Readonly<Record<string, unknown>>;
  export default modules;
}

/** Every language that there is a file for, by its code, the default one first. */
declare module "virtual:languages" {
  const languages: Readonly<Record<string, import("./vocabulary.ts").Language>>;
  export default languages;
}

/** Words of the report vocabulary in the desk's languages, by language code. */
declare module "virtual:labels" {
  const labels: Readonly<Record<string, import("./vocabulary.ts").ReportLabels>>;
  export default labels;
}

/** Answers to senders that are ready in every language, by language code and name. */
declare module "virtual:ready-answers" {
  const answers: Readonly<Record<string, Readonly<Record<string, string>>>>;
  export default answers;
}

/** Fields and option sets of an assessment with labels in the desk's languages. */
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

/**
 * For the map of the desk, in degrees, longitude before latitude: the outline of the country as closed lines, and a point
 * in each governorate and subdistrict that has one.
 */
declare module "virtual:map" {
  type Point = readonly [x: number, y: number];
  type AreaPoint = readonly [code: string, point: Point];
  const map: {
    readonly outline: readonly (readonly Point[])[];
    readonly adm1: readonly AreaPoint[];
    readonly adm3: readonly AreaPoint[];
  };
  export default map;
}

/** The places that travel with the reporter app. */
declare module "virtual:places" {
  const pack: import("./places.ts").PackedPlaces;
  export default pack;
}

/** The same without their Latin names, which come later as the part `places-latin`: `en` of the pack as it is. */
declare module "virtual:places-arabic" {
  const pack: import("./places.ts").PackedPlaces;
  export default pack;
}

/** The places of each other governorate, for tests and measures; the app fetches them. */
declare module "virtual:places-elsewhere" {
  const packs: readonly import("./places.ts").PackedPlaces[];
  export default packs;
}

/** The other governorates, and where their places are; `bytes` is how many have to be fetched for them. */
declare module "virtual:governorates" {
  type Governorate = {
    readonly code: string;
    readonly ar: string;
    readonly en: string;
    readonly url: string;
    readonly integrity: string;
    readonly bytes: number;
  };
  const governorates: readonly Governorate[];
  export default governorates;
}

/**
 * What is loaded after the first paint. Reporter: `seal` (with the annex), `places`, `carry`, `answer`, `real`,
 * `reader` (scripts), `language-<code>` (JSON), `places-latin`.
 * Desk: `worker`, `packer` (scripts), `places` (JSON).
 */
declare module "virtual:parts" {
  type Part = { readonly url: string; readonly integrity: string };
  const parts: Readonly<Record<string, Part>>;
  export default parts;
}

/** The service worker's first list: the documents and every asset that is needed offline, with the SHA-256 in hex. */
declare module "virtual:shell" {
  type Entry = { readonly url: string; readonly sha256: string };
  const shell: readonly Entry[];
  export default shell;
}

/**
 * The service worker's second list: assets that are kept once they were asked for, with half a hash. `soon`: once there is
 * time as well.
 */
declare module "virtual:later" {
  type Entry = { readonly url: string; readonly sha256: string; readonly soon?: 1 };
  const later: readonly Entry[];
  export default later;
}
