/**
 * Which reports were called saved, noted apart from the database: in the browser's cache, whose files are others. Ids
 * only, nothing of a report.
 *
 * A mark is set after its envelope was stored and taken away before the envelope is: a mark that stays behind means
 * that the phone has lost what it was trusted with. Nothing here keeps a report from being saved or sent.
 */
import { pause } from "./clock.ts";
import { isErased } from "./leaving.ts";

const CACHE = "amana-saved";
const FOLDER = "/saved/";
/** Milliseconds. */
const PATIENCE = 1000;

const addressOf = (id: string): string => FOLDER + id;

export const mark = (id: string): Promise<void> =>
  use((cache) => cache.put(addressOf(id), new Response()), undefined);

export const unmark = (ids: readonly string[]): Promise<void> =>
  use(async (cache) => {
    await Promise.all(ids.map((id) => cache.delete(addressOf(id))));
  }, undefined);

export const marked = (): Promise<readonly string[]> =>
  use(async (cache) => {
    const requests = await cache.keys();
    return requests.map(({ url }) => url.slice(url.indexOf(FOLDER) + FOLDER.length));
  }, []);

async function use<T>(work: (cache: Cache) => Promise<T>, otherwise: T): Promise<T> {
  if (isErased()) return otherwise;
  try {
    return await Promise.race([
      caches.open(CACHE).then(work),
      pause(PATIENCE).then(() => otherwise),
    ]);
  } catch {
    return otherwise;
  }
}
