import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vitest/config";
import { virtualModulesForTests } from "./bundle/virtual.mjs";

const CLIENT = fileURLToPath(new URL(".", import.meta.url));
const TESTS = fileURLToPath(new URL("../tests/", import.meta.url));

/** Stand-ins for what only a build can know. */
const BUILT = {
  parts: {
    seal: { url: "/assets/seal.js", integrity: "sha256-" },
    annex: { url: "/assets/annex.js", integrity: "sha256-" },
    places: { url: "/assets/places.js", integrity: "sha256-" },
    worker: { url: "/assets/worker.js", integrity: "sha256-" },
    "language-en": { url: "/assets/language-en.json", integrity: "sha256-" },
  },
  governorates: [],
  shell: [],
  later: [],
};

/** The tests live outside of client/ and use its packages. */
const packagesOfTheClient: Plugin = {
  name: "packages-of-the-client",
  enforce: "pre",
  resolveId(source, importer) {
    const bare = /^[@a-z]/.test(source) && !/^(node|virtual):/.test(source);
    return bare && importer?.startsWith(TESTS)
      ? this.resolve(source, `${CLIENT}package.json`, { skipSelf: true })
      : null;
  },
};

export default defineConfig({
  root: CLIENT,
  plugins: [packagesOfTheClient, virtualModulesForTests(BUILT)],
  server: { fs: { allow: [CLIENT, TESTS] } },
  test: {
    dir: `${TESTS}client`,
    include: ["**/*.test.{ts,tsx}"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
