/** The licences of the packages whose code is in the output: their texts travel with it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CLIENT } from "./sources.mjs";

const PACKAGE = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//;

/**
 * Names, versions and licence texts of the packages among the files of a bundle.
 * @param {string[]} inputs paths below client/, as the bundler names them
 */
export function licences(inputs) {
  const names = inputs.flatMap((input) => PACKAGE.exec(input)?.[1] ?? []);
  return [...new Set(names)].sort().map(licence).join("\n\n");
}

/** @param {string} name */
function licence(name) {
  const folder = join(CLIENT, "node_modules", name);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`The package ${name} comes without the text of its licence.`);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const title = `${name} ${version} (${license})`;
  return `${title}\n${"=".repeat(title.length)}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
}
