/** Starts the vault's worker. */
import parts from "virtual:parts";
import { Vault } from "./client.ts";
import { starterOf } from "./script.ts";

const start = starterOf(parts.worker?.url ?? "");

/** A vault without keys, in a worker of its own. */
export const startVault = (): Vault => new Vault(start());
