import { Refusal } from "../../../client/shared/refusal.ts";

/** The layer at which something refuses, or "accepted". Anything thrown that is no refusal is thrown on. */
export async function layerOf(run: () => unknown): Promise<string> {
  try {
    await run();
    return "accepted";
  } catch (error) {
    if (error instanceof Refusal) return error.layer;
    throw error;
  }
}
