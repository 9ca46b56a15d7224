/** Places by name. */

/** The part `places` as it travels. */
export type PackedPlaces = {
  readonly adm3: readonly (readonly [code: string, ar: string, en: string])[];
  readonly places: readonly (readonly unknown[])[];
};
