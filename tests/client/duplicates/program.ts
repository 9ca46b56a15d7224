/** The program behind `make score-duplicates`; see score.ts. */
import { readFileSync } from "node:fs";
import { reportsIn, score } from "./score.ts";

const [, , file = ""] = process.argv;
try {
  process.stdout.write(`${JSON.stringify(score(reportsIn(readFileSync(file, "utf8"))))}\n`);
} catch (error) {
  process.stderr.write(`score-duplicates: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
