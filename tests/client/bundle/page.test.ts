import { expect, test } from "vitest";
import { asset } from "../../../client/bundle/assets.mjs";
import { linkManifest, linkPage } from "../../../client/bundle/page.mjs";

const script = asset("app.js", "1");
const icon = asset("icon.svg", "<svg/>");
const built = new Map([
  ["app.tsx", script],
  ["icons/icon.svg", icon],
]);

test("a script of the page gets its hashed address and its integrity", () => {
  expect(linkPage('<script src="app.tsx" defer></script>', built)).toBe(
    `<script src="${script.url}" integrity="${script.integrity}" defer></script>`,
  );
});

test("a picture gets its address alone, and other addresses stay", () => {
  const page = '<link href="icons/icon.svg"><a href="#top"></a><link href="/manifest.webmanifest">';
  expect(linkPage(page, built)).toBe(page.replace("icons/icon.svg", icon.url));
});

test("a page that refers to what is not built stops the build", () => {
  expect(() => linkPage('<script src="old.js"></script>', built)).toThrow("old.js");
  expect(() => linkManifest('{"icons":[{"src":"icons/old.png"}]}', built)).toThrow("icons/old.png");
});

test("the manifest's icons get their hashed addresses", () => {
  const manifest = JSON.parse(linkManifest('{"icons":[{"src":"icons/icon.svg"}]}', built));
  expect(manifest.icons).toEqual([{ src: icon.url }]);
});
