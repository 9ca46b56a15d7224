/*
 * A thumb on the reporter app: finds what is on the screen by its data attributes and uses it with real events.
 * One function of a name and its arguments, so that every browser can be given it in whatever way it takes functions.
 */
async (name, ...given) => {
  /* Milliseconds to wait for something to be on the screen: less than whoever asked waits for us. */
  const PATIENCE = 80_000;
  const WAY_HOME = { form: "back", review: "back", done: "another", status: "back", answer: "back" };
  const KEPT = Symbol.for("databases");

  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];

  /* The value of fact() as soon as the page makes it true. */
  const until = (fact, what) =>
    new Promise((resolve, reject) => {
      const look = () => {
        const value = fact();
        if (!value) return;
        stop();
        resolve(value);
      };
      const observer = new MutationObserver(look);
      const timer = (globalThis.unhurried ?? setTimeout)(() => {
        stop();
        reject(new Error(`not on the screen: ${what}`));
      }, PATIENCE);
      const stop = () => {
        observer.disconnect();
        clearTimeout(timer);
      };
      observer.observe(document, { subtree: true, childList: true, attributes: true });
      look();
    });

  const shown = (selector) => until(() => one(selector), selector);
  const tap = async (selector) => (await shown(selector)).click();
  const act = (what) => tap(`[data-act=${what}]:enabled`);

  /* As a keyboard does it: the value changes, then the page is told. */
  const type = async (selector, text) => {
    const box = await shown(selector);
    const { prototype } = box.constructor;
    Object.getOwnPropertyDescriptor(prototype, "value").set.call(box, text);
    box.dispatchEvent(new Event(box.localName === "select" ? "change" : "input", { bubbles: true }));
  };

  const answerPlace = async (field, { text, pcode }) => {
    await type(`${field} input`, text);
    await shown(`${field} [data-place=other]`);
    await tap(`${field} [data-place=${one(`${field} [data-place="${pcode}"]`) ? pcode : "other"}]`);
  };

  const arabic = (digits) => digits.replace(/\d/g, (digit) => "٠١٢٣٤٥٦٧٨٩"[digit]);

  const answerDate = async (field, day) => {
    const [year, month, date] = day.split("-");
    await tap(`${field} [data-option=date]`);
    await type(`${field} label:first-child > input[type=text]`, arabic(String(Number(date))));
    await type(`${field} select`, String(Number(month)));
    await type(`${field} label:last-child > input[type=text]`, arabic(year));
  };

  const answer = async (code, value) => {
    const field = `[data-field=${code}]`;
    if (value.text) await answerPlace(field, value);
    else if (code === "note") await type(`${field} textarea`, value);
    else if (/^\d/.test(value)) await answerDate(field, value);
    else for (const option of [value].flat()) await tap(`${field} [data-option="${option}"]`);
  };

  const home = async () => {
    for (let screen; (screen = (await shown("[data-screen]")).dataset.screen) !== "home"; ) {
      await act(WAY_HOME[screen]);
      await until(() => !one(`[data-screen=${screen}]`), `an end of ${screen}`);
    }
  };

  const settled = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  const plain = (value) => {
    if (value instanceof ArrayBuffer) {
      return { bytes: btoa(Array.from(new Uint8Array(value), (byte) => String.fromCharCode(byte)).join("")) };
    }
    if (ArrayBuffer.isView(value) || value instanceof Blob) return { wrong: value.constructor.name };
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  };

  const hands = {
    /* Answers questions of a report; dates in Arabic digits. */
    async begin(kind, answers) {
      await home();
      await tap(`[data-kind=${kind}]`);
      await tap("[data-act=more]");
      for (const [code, value] of Object.entries(answers)) await answer(code, value);
    },

    /* Answers all questions of a report, up to the review. */
    async write(kind, answers) {
      await hands.begin(kind, answers);
      await hands.review();
    },

    /* Goes to the review of what was written. */
    async review() {
      await act("review");
      await shown("[data-screen=review]");
    },

    /* Seals what is being reviewed. */
    async seal() {
      await act("seal");
      await shown("[data-screen=done]");
    },

    /* Goes to the start and does these things there, each when it can be done. */
    async steps(selectors) {
      await home();
      for (const selector of selectors) await tap(selector);
    },

    /* The text of the last of these. */
    async textOf(selector) {
      await shown(selector);
      return all(selector).pop().textContent;
    },

    /* Seals it with two taps in one moment. */
    async sealTwice() {
      const button = await shown("[data-act=seal]:enabled");
      button.click();
      button.click();
      await shown("[data-screen=done]");
    },

    /* Goes to what waits on this phone. */
    async status() {
      if (one("[data-screen=status]")) return;
      await home();
      await act("status");
      await shown("[data-screen=status]");
    },

    /* Insists on sending, where there is something to send and nobody is at it. */
    send() {
      one("[data-act=send]:enabled")?.click();
    },

    /* Waits until the app is not sending; why the last try did not get through, or null. */
    async idle() {
      await until(() => one("main ol") && !one("[data-act=send]:disabled"), "idle");
      return one("[data-trouble]")?.dataset.trouble ?? null;
    },

    /* Waits until the app has brought a draft back. */
    async restored() {
      await shown("[data-restored]");
    },

    /* What stands in the form's note. */
    note: () => one("[data-field=note] textarea").value,

    /* What this tab keeps of the draft: its name and its key, or null. */
    key: () => sessionStorage.getItem("amana-draft"),

    /* Leaves in a hurry. */
    leave: () => one("#exit").click(),

    /* Says what is to become of unsent reports when everything is erased: "erase" or "keep". */
    async unsent(wanted) {
      await act("settings");
      await tap(`[data-unsent=${wanted}] input`);
      await until(() => one(`[data-unsent=${wanted}] input:checked`), wanted);
      await act("back");
    },

    /* Erases everything: two taps, from whatever screen. */
    async erase() {
      await act("settings");
      await act("erase");
    },

    /* What this origin keeps on the phone, by name. */
    async kept() {
      const list = indexedDB.databases ?? indexedDB[KEPT];
      const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
      return {
        databases: (await list.call(indexedDB)).map(({ name }) => name).sort(),
        caches: globalThis.caches ? (await caches.keys()).sort() : [],
        workers: workers.length,
        marks: Object.keys(sessionStorage).concat(Object.keys(localStorage)),
      };
    },

    /* The words that the screen says now of sealed reports. */
    words: () => all("[data-fate]").map((element) => element.dataset.fate),

    /* What is written on the screen. */
    text: () => one("main").innerText,

    /* Waits until the word of the only report on the screen is this one. */
    word: (wanted) => until(() => one(`[data-fate=${wanted}]`) !== null, wanted),

    /* Writes down every word that is ever shown, from now on. */
    watch() {
      const seen = new Set();
      globalThis.seenWords = seen;
      const look = () => all("[data-fate]").forEach((element) => seen.add(element.dataset.fate));
      new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
    },

    /* The words shown since the last time that somebody asked. */
    seen() {
      const words = [...globalThis.seenWords];
      globalThis.seenWords.clear();
      return words;
    },

    /* How many reports this window knows to be received. */
    received: () => Number(one("[data-received]")?.dataset.received ?? 0),

    /* Waits for the start of the app. */
    async started() {
      await shown("[data-kind]");
    },

    /* Waits until the app says whether the page opens without a network. */
    offline: (wanted) => until(() => one(`[data-offline=${wanted}]`) !== null, `offline ${wanted}`),

    /* Everything in IndexedDB, by database and store; a binary value as base64. */
    async databases() {
      const list = indexedDB.databases ?? indexedDB[KEPT];
      const found = {};
      for (const { name } of await list.call(indexedDB)) {
        const database = await settled(indexedDB.open(name));
        for (const store of database.objectStoreNames) {
          const rows = database.transaction(store).objectStore(store);
          found[`${name}/${store}`] = (await settled(rows.getAll())).map(plain);
        }
        database.close();
      }
      return found;
    },

    /* Makes this page's long waits a tenth as long. */
    hurry() {
      const unhurried = globalThis.setTimeout;
      globalThis.unhurried = unhurried;
      globalThis.setTimeout = (work, wait) => unhurried(work, wait > 5000 ? wait / 10 : wait);
    },

    /* Turns the clock of this page on or back. */
    shiftClock(years) {
      const Real = globalThis.RealDate ?? Date;
      globalThis.RealDate = Real;
      const now = () => {
        const date = new Real();
        return date.setFullYear(date.getFullYear() + years);
      };
      globalThis.Date = class extends Real {
        constructor(...given) {
          super(...(given.length > 0 ? given : [now()]));
        }
        static now = now;
      };
    },

    /* What happens when a phone is looked at again. */
    pickUp() {
      document.dispatchEvent(new Event("visibilitychange"));
    },
  };
  return hands[name](...given);
}
