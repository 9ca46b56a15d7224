/** Starts the vault's worker. Under Trusted Types a worker's address is a script: only this policy makes one. */
import parts from "virtual:parts";
import { Vault } from "./client.ts";

/** The little of the Trusted Types interface that is used; browsers without it take the plain address. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptUrls;
}
interface ScriptUrls {
  createScriptURL(url: string): unknown;
}

const ADDRESS = parts.worker?.url ?? "";

/** Passes the one address that this build made and refuses every other. */
function onlyTheWorker(url: string): string {
  if (url !== ADDRESS) throw new TypeError("not a script of this build");
  return url;
}

function scriptUrls(): ScriptUrls {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const rules = { createScriptURL: onlyTheWorker };
  return trustedTypes?.createPolicy("amana", rules) ?? rules;
}

const urls = scriptUrls();

/** A vault without keys, in a worker of its own. */
export const startVault = (): Vault =>
  new Vault(new Worker(urls.createScriptURL(ADDRESS) as string));
