/** Starts workers. Under Trusted Types a worker's address is a script: only this policy makes one. */

/** The little of the Trusted Types interface that is used; browsers without it take the plain address. */
interface TrustedTypes {
  createPolicy(name: string, rules: ScriptUrls): ScriptUrls;
}
interface ScriptUrls {
  createScriptURL(url: string): unknown;
}

/** Starts workers with the script at this address, and at no other; to be asked for once in a page or worker. */
export function starterOf(address: string): () => Worker {
  const rules: ScriptUrls = {
    createScriptURL(url) {
      if (url !== address) throw new TypeError("not a script of this build");
      return url;
    },
  };
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const urls = trustedTypes?.createPolicy("amana", rules) ?? rules;
  return () => new Worker(urls.createScriptURL(address) as string);
}
