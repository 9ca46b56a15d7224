/** Gives a file to the browser's downloads. Sharing by the system is not offered: it keeps a history of its own. */
import type { RecordFile } from "./file.ts";

/** Milliseconds after which the browser surely has the bytes. */
const KEPT = 60_000;

export function download({ name, bytes }: RecordFile): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT);
}
