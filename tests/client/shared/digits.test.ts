import { expect, test } from "vitest";
import { toLatinDigits } from "../../../client/shared/digits.ts";

test("Arabic and Persian digits become 0 to 9 and all else stays", () => {
  expect(toLatinDigits("٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ 12 بيت٪")).toBe("0123456789 0123456789 12 بيت٪");
});
