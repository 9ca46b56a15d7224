import { expect, test } from "vitest";
import { stretchPassphrase } from "../../../client/desk/argon2.ts";
import { borrow } from "../../../client/desk/vault/keys.ts";
import { digits, enrol, grant } from "../../../client/desk/vault/people.ts";
import { fromHex, toHex } from "../../../client/shared/bytes.ts";
import { kid, publicKey } from "../../../client/shared/keys.ts";
import { printDigits } from "../../../client/shared/keyset.ts";
import {
  deriveSecrets,
  memberPrint,
  openGrant,
  unwrapSeed,
} from "../../../client/shared/members.ts";

const PASSPHRASE = "كلمات هادئة كثيرة في المكتب";
const MEMBER = new Uint8Array(32).fill(3);
const DESK = [1, 2].map((fill) => new Uint8Array(32).fill(fill));

const kidOf = async (seed: Uint8Array<ArrayBuffer>) => toHex(await kid(await publicKey(seed)));

test("the keys that are made open with the passphrase, and their digits are those of the key", async () => {
  const made = await enrol({ passphrase: PASSPHRASE });
  const { auth, wrap } = await deriveSecrets(await stretchPassphrase(PASSPHRASE, made.salt));
  const seed = await unwrapSeed(made.wrappedSeed, wrap, made.publicKey);
  expect(made.auth).toEqual(auth);
  expect(await publicKey(seed)).toEqual(made.publicKey);
  expect(made.digits).toBe(printDigits(await memberPrint(made.publicKey)));
  expect(await digits({ keys: [made.publicKey] })).toEqual({ digits: [made.digits] });
});

test("no two members have anything in common, whatever their passphrases", async () => {
  const [one, other] = [await enrol({ passphrase: "a" }), await enrol({ passphrase: "a" })];
  for (const part of ["salt", "auth", "publicKey", "wrappedSeed", "digits"] as const)
    expect(one[part]).not.toEqual(other[part]);
});

test("of the desk keys that are at hand those are granted that were asked for, to that key alone", async () => {
  const [first = "", second = ""] = await Promise.all(DESK.map(kidOf));
  borrow(new Map(DESK.map((seed, at) => [at === 0 ? first : second, seed])));
  const member = await publicKey(MEMBER);
  const sealed = await grant({ publicKey: member, kids: [second, "00".repeat(8)] });
  expect(sealed.keyPrint).toBe(toHex(await memberPrint(member)));
  expect(sealed.grants.map((each) => each.kid)).toEqual([second]);
  const [only] = sealed.grants;
  if (!only) throw new Error("nothing was granted");
  expect(await openGrant(only.sealed, fromHex(second), MEMBER)).toEqual(DESK[1]);
});
