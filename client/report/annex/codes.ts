/**
 * Codes that this phone remembers because its owner asked for it. They are in Cache Storage, each list a file of its own,
 * which goes with the list: a database keeps what was deleted until it tidies up.
 */

const CACHE = "amana-codes";
const LIST = "/codes";

/** What is remembered, the newest first; nothing where the browser keeps nothing. */
export async function rememberedCodes(): Promise<readonly string[]> {
  try {
    const kept = await (await caches.open(CACHE)).match(LIST);
    return kept ? (await kept.text()).split(" ") : [];
  } catch {
    return [];
  }
}

/** Rejects when this browser does not keep it. */
export async function rememberCode(code: string): Promise<void> {
  await write([code, ...(await allBut(code))]);
}

/** Nothing of the code is left on this phone. */
export const forgetCode = async (code: string): Promise<void> => write(await allBut(code));

const allBut = async (code: string): Promise<string[]> =>
  (await rememberedCodes()).filter((each) => each !== code);

async function write(codes: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.delete(LIST);
  if (codes.length > 0) await cache.put(LIST, new Response(codes.join(" ")));
}
