/** The cache, empty itself, that the empty worker leaves for the next one to know that nothing came from it. */
export const EMPTY = "amana-empty-worker";
