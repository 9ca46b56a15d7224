/** Starts the workers of this build. */
import parts from "virtual:parts";
import { Vault } from "./client.ts";
import { starterOf } from "./script.ts";

const VAULT = parts.worker?.url ?? "";
const PACKER = parts.packer?.url ?? "";

const start = starterOf([VAULT, PACKER]);

/** A vault without keys, in a worker of its own. */
export const startVault = (): Vault => new Vault(start(VAULT));

/** What packs one case, in a worker of its own; its script is fetched now. */
export const startPacker = (): Worker => start(PACKER);
