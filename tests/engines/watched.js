/*
 * Writes down whatever a page asks of the browser that would show a question, leave a permission or a trace outside of
 * the page, or is sent while the page goes away. Runs in every page before the page's own scripts. The list is in
 * localStorage, which the app never uses, so that it outlives the page: `globalThis.askedFor()`.
 */
(() => {
  const LIST = "asked-for";
  const homes = [
    ["Notification", ["requestPermission"], true],
    ["DeviceMotionEvent", ["requestPermission"], true],
    ["IdleDetector", ["requestPermission"], true],
    ["ServiceWorkerRegistration", ["showNotification", "getNotifications"]],
    ["PushManager", ["subscribe", "getSubscription", "permissionState"]],
    ["SyncManager", ["register"]],
    ["PeriodicSyncManager", ["register"]],
    ["BackgroundFetchManager", ["fetch"]],
    ["Permissions", ["query", "request"]],
    ["StorageManager", ["persist", "persisted", "estimate", "getDirectory"]],
    ["Geolocation", ["getCurrentPosition", "watchPosition"]],
    ["MediaDevices", ["getUserMedia", "getDisplayMedia", "enumerateDevices"]],
    ["Clipboard", ["read", "readText", "write", "writeText"]],
    ["CredentialsContainer", ["get", "create", "store"]],
    ["WakeLock", ["request"]],
    ["Document", ["requestStorageAccess", "hasStorageAccess", "execCommand"]],
    ["Element", ["requestFullscreen"]],
    ["BeforeInstallPromptEvent", ["prompt"]],
    [
      "Navigator",
      ["sendBeacon", "share", "canShare", "vibrate", "setAppBadge", "requestMIDIAccess", "getInstalledRelatedApps"],
    ],
  ];

  const note = (what) => {
    const list = JSON.parse(localStorage.getItem(LIST) ?? "[]");
    localStorage.setItem(LIST, JSON.stringify([...list, what]));
  };
  globalThis.askedFor = () => JSON.parse(localStorage.getItem(LIST) ?? "[]");

  for (const [name, verbs, isStatic] of homes) {
    const home = isStatic ? globalThis[name] : globalThis[name]?.prototype;
    for (const verb of verbs.filter((verb) => home && verb in home)) {
      const real = home[verb];
      home[verb] = function (...given) {
        note(`${name}.${verb}`);
        return real.apply(this, given);
      };
    }
  }

  const { fetch, fetchLater, addEventListener } = globalThis;
  globalThis.fetch = (target, init = {}) => {
    if (init.keepalive || target.keepalive) note("fetch with keepalive");
    if (init.duplex || init.body instanceof ReadableStream) note("fetch of a stream");
    return fetch(target, init);
  };
  if (fetchLater) {
    globalThis.fetchLater = (...given) => {
      note("fetchLater");
      return fetchLater(...given);
    };
  }
  globalThis.addEventListener = (kind, ...given) => {
    if (kind === "unload" || kind === "beforeunload") note(kind);
    return addEventListener.call(globalThis, kind, ...given);
  };
})();
