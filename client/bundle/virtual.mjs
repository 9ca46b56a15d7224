/**
 * The `virtual:` modules: data that is computed while building. Declared for the compiler in shared/virtual.d.ts.
 * One table serves the bundler and the tests, so that both see the same data.
 */
import { DESK_LANGUAGES, languages, readyAnswers, reportLabels } from "./languages.mjs";
import { map } from "./outline.mjs";
import { firstLanguage, partLanguages } from "./packed.mjs";
import { areas, OTHER_GOVERNORATES, placePack } from "./places.mjs";
import { assessmentVocabulary, reportVocabulary } from "./sources.mjs";

const PREFIX = "virtual:";

/** @type {Record<string, () => unknown>} */
const DATA_MODULES = {
  "vocabulary-report": reportVocabulary,
  "vocabulary-assessment": assessmentVocabulary,
  language: firstLanguage,
  ...partLanguages,
  languages,
  labels: () => Object.fromEntries(DESK_LANGUAGES.map((lang) => [lang, reportLabels(lang)])),
  "ready-answers": readyAnswers,
  areas,
  map,
  places: () => placePack(),
  "places-arabic": () => ({ ...placePack(), en: "" }),
  "places-elsewhere": () => OTHER_GOVERNORATES.map(({ p }) => placePack([p])),
};

/** @param {string} name @param {Record<string, unknown>} built */
function source(name, built) {
  const make = DATA_MODULES[name];
  const value = make ? make() : built[name];
  if (value === undefined) throw new Error(`There is no module ${PREFIX}${name} in this bundle.`);
  return JSON.stringify(value);
}

/**
 * For esbuild. `built` holds what earlier steps of the build made: `parts`, `governorates`, `shell`, `later`.
 * @param {Record<string, unknown>} built
 * @returns {import("esbuild").Plugin}
 */
export const virtualModules = (built) => ({
  name: "virtual",
  setup(build) {
    build.onResolve({ filter: /^virtual:/ }, ({ path }) => ({ path, namespace: "virtual" }));
    build.onLoad({ filter: /.*/, namespace: "virtual" }, ({ path }) => ({
      contents: source(path.slice(PREFIX.length), built),
      loader: "json",
    }));
  },
});

/**
 * For vitest: the same modules.
 * @param {Record<string, unknown>} built
 * @returns {import("vitest/config").Plugin}
 */
export const virtualModulesForTests = (built) => ({
  name: "virtual",
  enforce: "pre",
  resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : null),
  load: (id) =>
    id.startsWith(`\0${PREFIX}`)
      ? `export default ${source(id.slice(PREFIX.length + 1), built)};`
      : null,
});
