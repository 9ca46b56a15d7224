/** Assessments in words, for reading: saved versions, and two of them beside each other. */
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Assessment } from "../answers.ts";
import { dayWords, hourWords } from "../days.ts";
import { areaWords } from "../placed.ts";
import { isAlone } from "../queue.ts";
import { type Lang, useLang, useText } from "../text.ts";
import { type AssessmentField, assessmentWord, fieldLabel, readFields } from "../vocabulary.ts";

/** Enough of an event's id to tell two of them apart by eye. */
const ID_SHOWN = 8;

type Fields = Readonly<Record<string, unknown>>;

function wordFor({ type, code }: AssessmentField, value: string, kind: string, lang: Lang): string {
  if (type === "pcode") return areaWords(value, lang);
  if (type === "date") return dayWords(value, lang);
  if (type === "id") return value.slice(0, ID_SHOWN);
  return assessmentWord(code, value, kind, lang);
}

/** The words for a field of a record; empty when it has none. */
function wordsOf(field: AssessmentField, record: Fields, lang: Lang): string {
  const values = [record[field.code] ?? []].flat();
  return values
    .map((value) => wordFor(field, String(value), String(record.kind), lang))
    .join(" · ");
}

function Version({ version }: { readonly version: Assessment }) {
  const lang = useLang();
  const t = useText();
  const { fields, member, assessed, hour } = version;
  const title = { version: version.version, member, day: hourWords(assessed, hour, lang) };
  return (
    <li data-version={version.version}>
      <details>
        <summary>
          <bdi>{t("assess_version", title)}</bdi>
        </summary>
        <dl>
          {readFields(fields).map((field) => (
            <div key={field.code} class="pair" data-field={field.code}>
              <dt>{fieldLabel(field, lang)}</dt>
              <dd>{wordsOf(field, fields, lang)}</dd>
            </div>
          ))}
        </dl>
      </details>
    </li>
  );
}

/** All versions, the latest first. */
export function Versions({ versions }: { readonly versions: readonly Assessment[] }) {
  const t = useText();
  return (
    <section class="versions" data-part="versions">
      <h3>{t("assess_versions")}</h3>
      {isAlone(versions) && (
        <p class="notice odd" data-part="second">
          {t("assess_second")}
        </p>
      )}
      {versions.length === 0 ? (
        <p class="fine">{t("assess_versions_none")}</p>
      ) : (
        <ol>
          {[...versions].reverse().map((version) => (
            <Version key={version.version} version={version} />
          ))}
        </ol>
      )}
    </section>
  );
}

/** A colleague's version beside one's own body, as far as they differ. */
export function Conflict({
  theirs,
  yours,
}: {
  readonly theirs: Assessment;
  readonly yours: Fields;
}) {
  const lang = useLang();
  const t = useText();
  const element = useRef<HTMLElement>(null);
  // Colleague and version are a new message each time; it is shown wherever the reviewer is in the form.
  useLayoutEffect(() => element.current?.focus(), [theirs]);
  const rows = readFields({ ...theirs.fields, ...yours })
    .map((field) => ({
      field,
      left: wordsOf(field, theirs.fields, lang),
      right: wordsOf(field, yours, lang),
    }))
    .filter(({ left, right }) => left !== right);
  return (
    <section
      ref={element}
      class="notice odd conflict"
      role="alert"
      data-part="conflict"
      tabIndex={-1}
    >
      <h3>{t("conflict_title", { member: theirs.member, version: theirs.version })}</h3>
      <p>{t("conflict_lead")}</p>
      {rows.length === 0 ? (
        <p>{t("conflict_same")}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{t("conflict_field")}</th>
              <th scope="col">{t("conflict_theirs")}</th>
              <th scope="col">{t("conflict_yours")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ field, left, right }) => (
              <tr key={field.code} data-field={field.code}>
                <th scope="row">{fieldLabel(field, lang)}</th>
                <td>{left || t("conflict_none")}</td>
                <td>{right || t("conflict_none")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
