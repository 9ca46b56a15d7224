/** The report's vocabulary: its types, which fields show, which answers are right (PROTOCOL section 4). */

export type FieldType = "choice" | "multi" | "when" | "place" | "text";

/** One question. `options` names an option set; `show_if` is `FIELD in A|B` or `FIELD has A|B`. */
export type Field = {
  readonly code: string;
  readonly type: FieldType;
  readonly required?: true;
  readonly options?: string;
  readonly max?: number;
  readonly max_chars?: number;
  readonly show_if?: string;
};

export type Kind = { readonly icon: string; readonly fields: readonly Field[] };

/** Codes and rules, no words. `options` maps the name of a set to its codes, in the order shown. */
export type ReportVocabulary = {
  readonly kinds: Readonly<Record<string, Kind>>;
  readonly options: Readonly<Record<string, readonly string[]>>;
};

export type FieldLabels = { readonly label: string; readonly help?: string };

/** The words of the report vocabulary in one language. */
export type ReportLabels = {
  readonly kinds: Readonly<
    Record<
      string,
      { readonly label: string; readonly fields: Readonly<Record<string, FieldLabels>> }
    >
  >;
  readonly options: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly reply: string;
  readonly gbv_notice: string;
};

/** Everything one language needs; `strings` is the content of languages/<lang>.json. */
export type LanguagePack = {
  readonly lang: string;
  readonly strings: Readonly<Record<string, unknown>>;
  readonly labels: ReportLabels;
};

export type AssessmentField = {
  readonly code: string;
  readonly type: "id" | "choice" | "pcode" | "date" | "band" | "multi";
  readonly label: Readonly<Record<string, string>>;
  readonly options?: string;
  readonly values?: readonly string[];
  readonly values_by_kind?: Readonly<Record<string, string>>;
  readonly kinds?: readonly string[];
};

/** Ring 2: the fields of an assessment. An option set that is not here is one of the report's. */
export type AssessmentVocabulary = {
  readonly fields: readonly AssessmentField[];
  readonly options: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
};
