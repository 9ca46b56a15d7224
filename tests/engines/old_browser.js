/*
 * Takes from a new browser what the oldest supported ones lack (Chrome 87, Samsung 14, Firefox 102, Safari 15.4; the
 * versions are those of MDN's compatibility data). Runs in every page before the page's own scripts; `globalThis.lost`
 * tells which names are gone.
 */
(() => {
  const typedArray = Object.getPrototypeOf(Uint8Array);
  const homes = [
    [globalThis, ["BroadcastChannel", "CompressionStream", "DecompressionStream", "structuredClone", "scheduler"]],
    [globalThis, ["CloseWatcher", "reportError", "Iterator"]],
    [Navigator.prototype, ["locks", "storage", "userActivation", "connection"]],
    [Crypto.prototype, ["randomUUID"]],
    [AbortSignal, ["timeout", "any"]],
    [AbortSignal.prototype, ["throwIfAborted"]],
    [IDBFactory.prototype, ["databases"]],
    [Array.prototype, ["at", "findLast", "findLastIndex", "toReversed", "toSorted", "toSpliced", "with"]],
    [typedArray.prototype, ["at", "findLast", "findLastIndex", "toReversed", "toSorted", "with"]],
    [Uint8Array, ["fromHex", "fromBase64"]],
    [Uint8Array.prototype, ["toHex", "toBase64", "setFromHex", "setFromBase64"]],
    [ArrayBuffer.prototype, ["transfer", "transferToFixedLength", "resize"]],
    [String.prototype, ["at", "isWellFormed", "toWellFormed"]],
    [Object, ["hasOwn", "groupBy"]],
    [Map, ["groupBy"]],
    [Map.prototype, ["getOrInsert", "getOrInsertComputed"]],
    [Set.prototype, ["union", "intersection", "difference", "isSubsetOf", "isSupersetOf", "isDisjointFrom"]],
    [Array, ["fromAsync"]],
    [Promise, ["withResolvers", "try"]],
    [URL, ["canParse", "parse"]],
    [Response, ["json"]],
    [ReadableStream.prototype, [Symbol.asyncIterator, "values"]],
    [ReadableStream, ["from"]],
    [Blob.prototype, ["bytes"]],
    [Response.prototype, ["bytes"]],
    [Element.prototype, ["checkVisibility", "setHTML", "setHTMLUnsafe"]],
  ];
  /* For the test, which has to see what is stored. */
  IDBFactory.prototype[Symbol.for("databases")] = IDBFactory.prototype.databases;

  globalThis.lost = [];
  for (const [home, names] of homes) {
    for (const name of names.filter((name) => name in home)) {
      delete home[name];
      if (!(name in home)) globalThis.lost.push(String(name));
    }
  }

  const tooNew = /X25519|Ed25519|ML-KEM|ML-DSA|SHA3|Argon2/i;
  for (const verb of ["generateKey", "importKey"]) {
    const old = SubtleCrypto.prototype[verb];
    SubtleCrypto.prototype[verb] = function (...given) {
      const isTooNew = given.some((each) => tooNew.test(each?.name ?? each));
      if (!isTooNew) return old.apply(this, given);
      return Promise.reject(new DOMException("unknown algorithm", "NotSupportedError"));
    };
  }
})();
