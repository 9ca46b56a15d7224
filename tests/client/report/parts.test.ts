/** A part comes whole or not at all, however slowly it comes. */
import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { getPart } from "../../../client/report/api.ts";

const TEXT = "globalThis.part = 'جزء'";
const INTEGRITY = `sha256-${createHash("sha256").update(TEXT).digest("base64")}`;

/** Serves these pieces, `every` so many milliseconds one; after the last nothing comes, and no end, unless `whole`. */
function serve(pieces: readonly string[], every: number, whole: boolean): void {
  vi.stubGlobal("fetch", async (_url: string, { signal }: RequestInit) => {
    const body = new ReadableStream({
      async start(stream) {
        signal?.addEventListener("abort", () => stream.error(new DOMException("", "AbortError")));
        for (const piece of pieces) {
          await new Promise((resolve) => setTimeout(resolve, every));
          stream.enqueue(new TextEncoder().encode(piece));
        }
        if (whole) stream.close();
      },
    });
    return new Response(body);
  });
}

/** What comes of fetching the part within ten minutes. */
async function fetched(): Promise<string> {
  const part = getPart("/part.js", INTEGRITY, false).catch((error: Error) => error.name);
  await vi.advanceTimersByTimeAsync(600_000);
  return part;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("as long as something of it comes a part is waited for [F22] [F58]", async () => {
  serve([TEXT.slice(0, 5), TEXT.slice(5, 10), TEXT.slice(10)], 25_000, true);
  expect(await fetched()).toBe(TEXT);
});

test("a part of which nothing comes any more is given up [F22]", async () => {
  serve([TEXT.slice(0, 5)], 1000, false);
  expect(await fetched()).toBe("AbortError");
});

test("half a part, or a login page in its place, is none [F04] [F52]", async () => {
  serve([TEXT.slice(0, 5)], 0, true);
  expect(await fetched()).toBe("TypeError");
  serve(["<html>login"], 0, true);
  expect(await fetched()).toBe("TypeError");
});
