/** The assessment's form, made from the vocabulary: a field that the vocabulary gains appears here by itself. */
import type { ComponentChildren } from "preact";
import type { Access } from "../api.ts";
import type { Atlas } from "../areas.ts";
import { isSaying } from "../followups.ts";
import { readPlace } from "../placed.ts";
import { type TextKey, useText } from "../text.ts";
import type { OpenedReport } from "../vault/messages.ts";
import { type AssessmentField, assessmentField, assessmentFields } from "../vocabulary.ts";
import { AreaField } from "./area.tsx";
import { isCounted } from "./body.ts";
import { type ControlProps, DateField, MultiField, RadioField, SelectField } from "./controls.tsx";
import type { Draft, Problem } from "./draft.ts";
import { EventField } from "./event.tsx";

export interface FormProps {
  readonly draft: Draft;
  readonly problems: ReadonlyMap<string, Problem>;
  readonly onChange: ControlProps["onChange"];
  readonly access: Access;
  readonly atlas: Atlas;
  /** Null for an envelope that could not be opened. It, and what is only said, can be noted or held, not counted. */
  readonly report: OpenedReport | null;
}

/** The groups in the order of a reviewer's work. The last takes every field that no other names. */
const GROUPS: readonly (readonly [TextKey, readonly string[]])[] = [
  [
    "assess_group_what",
    ["kind", "category", "adm3", "adm3_arrival", "place_precision", "day", "time_precision"],
  ],
  [
    "assess_group_numbers",
    ["households", "people", "capacity", "room", "killed", "injured", "taken", "homes", "access"],
  ],
  ["assess_group_weight", ["severity", "verification", "source_reliability", "info_credibility"]],
  ["assess_group_event", ["event_id"]],
];
const REST: TextKey = "assess_group_handling";
const BEFORE = ["decision", "flags"];
/** Where people left is where a displacement happened, so it is not asked twice. */
const NOT_ASKED = ["adm3_origin"];
const NAMED = new Set([...BEFORE, ...NOT_ASKED, ...GROUPS.flatMap(([, codes]) => codes)]);

/** Fields whose every option must be seen with its rule before one is taken. */
const WEIGHED = new Set(["decision", "severity", "verification"]);

/** The report's question that names the place of a field. */
const PLACE_QUESTIONS: Readonly<Record<string, readonly string[]>> = {
  adm3: ["place", "from_place"],
  adm3_arrival: ["to_place"],
};

function writtenFor(code: string, { report, atlas }: FormProps): string {
  const questions = PLACE_QUESTIONS[code] ?? [];
  const answers = questions.map((question) => readPlace(report?.answers[question], atlas));
  return answers.find((placed) => placed !== null)?.written ?? "";
}

const countless = (code: string): boolean => !isCounted({ decision: code });

function Control({ field, form }: { readonly field: AssessmentField; readonly form: FormProps }) {
  const { code, type } = field;
  const { draft, onChange, problems, access, atlas, report } = form;
  const props = { field, draft, onChange, problem: problems.get(code) ?? null };
  if (type === "pcode")
    return <AreaField {...props} atlas={atlas} written={writtenFor(code, form)} />;
  if (type === "date") return <DateField {...props} />;
  if (type === "multi") return <MultiField {...props} />;
  if (type === "id") return <EventField {...props} access={access} report={report} />;
  if (!WEIGHED.has(code)) return <SelectField {...props} />;
  const canCount = report !== null && !isSaying(report);
  return <RadioField {...props} {...(canCount ? {} : { only: countless })} />;
}

function Group({
  name,
  children,
}: {
  readonly name: TextKey;
  readonly children: ComponentChildren;
}) {
  const t = useText();
  return (
    <section class="group" data-group={name.replace("assess_group_", "")}>
      <h3>{t(name)}</h3>
      <div class="fields">{children}</div>
    </section>
  );
}

/** What a counted report needs; nothing of it is sent, and so nothing is asked, with another decision. */
function Counted({ form }: { readonly form: FormProps }) {
  const fields = assessmentFields(String(form.draft.values.kind));
  const controls = (wanted: (code: string) => boolean) =>
    fields
      .filter(({ code }) => wanted(code))
      .map((field) => <Control key={field.code} field={field} form={form} />);
  return (
    <>
      {GROUPS.map(([name, codes]) => (
        <Group key={name} name={name}>
          {controls((code) => codes.includes(code))}
        </Group>
      ))}
      <Group name={REST}>{controls((code) => !NAMED.has(code))}</Group>
    </>
  );
}

/** Says what the choices made so far mean for what is sent and counted. */
function Consequence({ draft: { values } }: { readonly draft: Draft }) {
  const t = useText();
  const decided = (values.decision ?? "").length > 0;
  return (
    <div role="status">
      {decided && !isCounted(values) && <p class="fine">{t("assess_minimal")}</p>}
      {[values.flags].flat().includes("gbv") && <p class="notice odd">{t("assess_gbv")}</p>}
    </div>
  );
}

export function AssessmentForm(form: FormProps) {
  const first = BEFORE.flatMap((code) => assessmentField(code) ?? []);
  return (
    <>
      {first.map((field) => (
        <Control key={field.code} field={field} form={form} />
      ))}
      <Consequence draft={form.draft} />
      {isCounted(form.draft.values) && <Counted form={form} />}
    </>
  );
}
