/** A code, when it is shown and where it is remembered. */
import languages from "virtual:languages";
import { useEffect, useState } from "preact/hooks";
import { utf8 } from "../../shared/bytes.ts";
import { groupsOf } from "../../shared/code.ts";
import { toArabicDigits } from "../../shared/digits.ts";
import { download } from "../download.ts";
import { PRIVATE } from "../form/common.tsx";
import { read } from "../state.ts";
import { forgetCode, rememberCode, rememberedCodes } from "./codes.ts";
import { annexStrings } from "./words.ts";

/** Groups in the reader's digits, and in Latin ones where those are others. */
function rowsOf(code: string): readonly (readonly string[])[] {
  const { lang } = read().language;
  const latin = groupsOf(code);
  return languages[lang]?.dir === "rtl" ? [latin.map(toArabicDigits), latin] : [latin];
}

/** After sealing, once: the code to write down. */
export function Code() {
  const { code } = read();
  const words = annexStrings();
  return (
    <section class="code">
      <h2>{words.codeTitle}</h2>
      <p>{words.codeText}</p>
      <Digits code={code} />
      <p class="notice">{words.codeWarning}</p>
      <button
        type="button"
        class="second"
        data-act="save-picture"
        onClick={() => download({ name: PICTURE, bytes: utf8(pictureOf(rowsOf(code))) })}
      >
        {words.codePicture}
      </button>
      {"print" in window && (
        <button type="button" class="second" data-act="print" onClick={() => print()}>
          {words.codePrint}
        </button>
      )}
      <p class="hint">{words.codePictureHint}</p>
      <Keep code={code} />
    </section>
  );
}

/** Each group is isolated: Arabic digits would otherwise stand from right to left, group by group. */
export function Digits({ code }: { code: string }) {
  return (
    <>
      {rowsOf(code).map((groups) => (
        <p key={groups[0]} class="groups" dir="ltr" data-code>
          {groups.map((group) => [<bdi key={group}>{group}</bdi>, " "])}
        </p>
      ))}
    </>
  );
}

/** A name and a picture that say nothing of what the digits are for. */
const PICTURE = "1.svg";
const STEP = 100;
const LINE = 60;

function pictureOf(rows: readonly (readonly string[])[]): string {
  const [width, height] = [(rows[0]?.length ?? 0) * STEP, (rows.length + 1) * LINE];
  const texts = rows.flatMap((groups, y) =>
    groups.map(
      (group, x) => `<text x="${(x + 0.5) * STEP}" y="${(y + 1) * LINE + 10}">${group}</text>`,
    ),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="monospace" font-size="32" text-anchor="middle"><rect width="100%" height="100%" fill="#fff"/>${texts.join("")}</svg>`;
}

/** Whether this phone remembers the code; not unless somebody says so. */
export function Keep({ code }: { code: string }) {
  const [kept, setKept] = useState(false);
  const [failed, setFailed] = useState(false);
  const words = annexStrings();
  const look = (): Promise<void> =>
    rememberedCodes().then((codes) => setKept(codes.includes(code)));
  useEffect(() => void look(), [code]);
  const turn = (on: boolean): Promise<void> =>
    (on ? rememberCode : forgetCode)(code)
      .then(() => setFailed(false))
      .catch(() => setFailed(true))
      .then(look);
  return (
    <>
      <label class="option">
        <input
          type="checkbox"
          checked={kept}
          data-keep
          {...PRIVATE}
          onChange={({ currentTarget: { checked } }) => void turn(checked)}
        />
        <span>{words.keepCode}</span>
      </label>
      <p class="hint" role="status">
        {failed ? words.keepFailed : words.keepText}
      </p>
    </>
  );
}
