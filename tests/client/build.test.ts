import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildClient } from "../../client/build.mjs";

test("two builds are byte for byte the same", async () => {
  const folders = [1, 2].map(() => mkdtempSync(join(tmpdir(), "amana-build-")));
  try {
    const [one, two] = await Promise.all(folders.map(async (folder) => snapshot(folder)));
    expect(one).toEqual(two);
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true });
  }
});

async function snapshot(folder: string): Promise<Record<string, string>> {
  await buildClient(folder);
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      return [file.slice(folder.length), readFileSync(file, "base64")];
    }),
  );
}
