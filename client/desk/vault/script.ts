/** Starts workers. Under Trusted Types a worker's address is a script: only this policy makes one. */

/** The little of the Trusted Types interface that is used; browsers without it take the plain address. */
interface TrustedTypes {
  createPolicy(name: string, rules: ScriptUrls): ScriptUrls;
}
interface ScriptUrls {
  createScriptURL(url: string): unknown;
}

/** Starts workers with the scripts at these addresses, and at no others; to be asked for once in a page or worker. */
export function starterOf(addresses: readonly string[]): (address: string) => Worker {
  const rules: ScriptUrls = {
    createScriptURL(url) {
      if (!addresses.includes(url)) throw new TypeError("not a script of this build");
      return url;
    },
  };
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const urls = trustedTypes?.createPolicy("amana", rules) ?? rules;
  return (address) => new Worker(urls.createScriptURL(address) as string);
}
