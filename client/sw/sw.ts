import shell from "virtual:shell";

self.addEventListener("install", () => {
  if (shell.length === 0) throw new Error("empty shell");
});
