"""A real Chromium on a folder of its own: a phone that can be opened, killed and opened again."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from playwright.sync_api import BrowserContext, Page, Playwright, ViewportSize

from tests.e2e.browsers import ARGUMENTS, chromium, kill_browser
from tests.e2e.traces import files_below, holders
from tests.patience import PATIENCE_MS

SCREEN = ViewportSize(width=360, height=640)

READ_DATABASES = """async () => {
  const settled = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const text = (buffer) =>
    Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  const plain = (value) => {
    if (value instanceof ArrayBuffer) return { bytes: btoa(text(value)) };
    if (ArrayBuffer.isView(value) || value instanceof Blob) {
      return { wrong: value.constructor.name };
    }
    if (Array.isArray(value)) return value.map(plain);
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
    }
    return value;
  };
  const found = {};
  for (const { name } of await indexedDB.databases()) {
    const database = await settled(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const rows = database.transaction(store).objectStore(store);
      found[`${name}/${store}`] = (await settled(rows.getAll())).map(plain);
    }
    database.close();
  }
  return found;
}"""
"""Everything in IndexedDB, whatever the app calls its stores; binary values as base64."""

PUT_ROWS = """async (rows) => {
  const settled = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const database = await settled(indexedDB.open("amana-outbox"));
  const store = database.transaction("envelopes", "readwrite").objectStore("envelopes");
  for (const [id, value] of Object.entries(rows)) {
    const bytes = Array.isArray(value) ? new Uint8Array(value).buffer : value;
    await settled(store.add({ id, bytes }));
  }
  database.close();
}"""
"""Puts rows into the outbox that no seal has made."""


class Profile:
    """Chromium on a profile folder; the folder outlives the browser, as a phone's memory does.

    `camera` is a film that its camera sees; it has none otherwise. `hosts` are names that lead to
    this machine.
    """

    def __init__(
        self,
        playwright: Playwright,
        profile: Path,
        language: str,
        camera: Path | None = None,
        hosts: Iterable[str] = (),
    ) -> None:
        self.profile = profile
        rules = ", ".join(f"MAP {host} 127.0.0.1" for host in hosts)
        self._arguments = [
            *ARGUMENTS,
            *(_camera(camera) if camera else ()),
            *([f"--host-resolver-rules={rules}"] if rules else ()),
        ]
        self._playwright = playwright
        self._language = language
        self._context: BrowserContext | None = None
        self.page = self.reopen()

    @property
    def context(self) -> BrowserContext:
        """The running browser."""
        assert self._context is not None, "the browser has been killed and not reopened"
        return self._context

    def reopen(self) -> Page:
        """Start the browser on the same profile; its first page, which shows nothing yet."""
        self._context = self._playwright.chromium.launch_persistent_context(
            self.profile,
            executable_path=chromium(),
            args=self._arguments,
            ignore_default_args=["--disable-back-forward-cache"],
            viewport=SCREEN,
            locale=self._language,
            has_touch=True,
            is_mobile=True,
            timeout=PATIENCE_MS,
        )
        self._context.set_default_timeout(PATIENCE_MS)
        self.page = self._context.pages[0]
        return self.page

    def has_written(self, needle: bytes) -> bool:
        """Whether Cache Storage has these bytes on the disk: Chromium calls it kept before that."""
        return bool(holders(needle, files_below(*self.profile.rglob("CacheStorage"))))

    def kill(self) -> None:
        """SIGKILL every process of the browser: a battery that falls out."""
        with self.context.expect_event("close"):
            kill_browser(self.profile)
        self._context = None

    def close(self) -> None:
        """Leave the browser in order; nothing to do after a kill."""
        if self._context is not None:
            self._context.close()
            self._context = None


def _camera(film: Path) -> list[str]:
    return [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]


def databases(page: Page) -> dict[str, list[Any]]:
    """All rows of all IndexedDB stores of the page's origin, by `database/store`."""
    found: dict[str, list[Any]] = page.evaluate(READ_DATABASES)
    return found


def damage_outbox(page: Page, rows: Mapping[str, bytes | str]) -> None:
    """Put rows into the outbox that no seal has made: what they hold, by their ids."""
    held = {key: list(value) if isinstance(value, bytes) else value for key, value in rows.items()}
    page.evaluate(PUT_ROWS, held)


def sealed_bytes(value: object) -> list[bytes]:
    """Every envelope anywhere in IndexedDB rows; a binary value must be an ArrayBuffer."""
    if isinstance(value, dict):
        assert "wrong" not in value, f"{value['wrong']} in IndexedDB"
        if isinstance(value.get("bytes"), str):
            data = base64.b64decode(value["bytes"])
            return [data] if data.startswith(b"AMN\x01") else []
        value = list(value.values())
    if isinstance(value, list):
        return [found for each in value for found in sealed_bytes(each)]
    return []


def holds(stored: Mapping[str, list[Any]], entry: str | None, note: str, screen: str) -> bool:
    """Whether a draft is kept with this note, on this screen.

    `stored` are all rows of a phone, `entry` is what the draft's tab has in sessionStorage.
    """
    if entry is None:
        return False
    identity, key = entry.split(".")[:2]
    for row in stored.get("amana-draft/drafts", []):
        sealed = base64.b64decode(row["bytes"]["bytes"])
        label = f"amana/1/draft{identity}".encode()
        try:
            padded = AESGCM(bytes.fromhex(key)).decrypt(sealed[:12], sealed[12:], label)
        except InvalidTag:
            continue
        kept = json.loads(padded[4 : 4 + int.from_bytes(padded[:4], "big")])
        notes = [draft["answers"].get("note") for draft in kept["drafts"].values()]
        return kept["screen"] == screen and note in notes
    return False
