/** The program behind `make score-places`; see score.ts. */
import { scoreReports, scoreSpellings } from "./score.ts";

const [, , what = ""] = process.argv;
try {
  const score = /^\d+$/.test(what) ? scoreSpellings(Number(what)) : scoreReports(what);
  process.stdout.write(`${JSON.stringify(score)}\n`);
} catch (error) {
  process.stderr.write(`score-places: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
