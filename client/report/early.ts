/** Runs before the first paint, whole and in time for everything that comes after it. */
import { insistOnApp } from "./again.ts";
import { watchExit } from "./exit.ts";
import { arrive } from "./link.ts";

arrive();
insistOnApp();
watchExit();
