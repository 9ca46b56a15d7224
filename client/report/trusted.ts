/** The one Trusted Types policy: scripts of this build may be loaded, nothing else. */
import parts from "virtual:parts";

const NAMES = ["seal", "places", "carry", "answer", "real", "reader"];
const SCRIPTS = NAMES.map((name) => parts[name]?.url);

/** The part of the browser's interface that is used here; older browsers have none of it. */
type PolicyFactory = {
  readonly createPolicy: (
    name: "amana",
    rules: { readonly createScriptURL: (url: string) => string },
  ) => { readonly createScriptURL: (url: string) => string };
};

export const WORKER = "/sw.js";

function createScriptURL(url: string): string {
  if (url === WORKER || SCRIPTS.includes(url)) return url;
  throw new TypeError("not a script of this page");
}

const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
const policy = factory?.createPolicy("amana", { createScriptURL }) ?? { createScriptURL };

/** An address in the form that script elements and worker registrations take under the page's policy. */
export const scriptUrl = (url: string): string => policy.createScriptURL(url);
