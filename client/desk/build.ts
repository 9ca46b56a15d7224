/** Which build of the desk this is, as the page says it. */
export const build = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="amana-build"]')?.content ?? "";
