/** Hands a file to the browser's downloads. */

/** The browser has taken the bytes by then; freeing them earlier can cut the download, in milliseconds. */
const TAKEN_MS = 10_000;

export function download(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), TAKEN_MS);
}
