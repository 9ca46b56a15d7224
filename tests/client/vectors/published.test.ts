/** The libraries give the numbers that others published (tests/vectors/published/). */
import { readFileSync } from "node:fs";
import { Aes128Gcm, Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
import { XWing } from "@hpke/hybridkem-x-wing";
import { describe, expect, test } from "vitest";
import { fromHex, toHex } from "../../../client/shared/bytes.ts";
import { publicKey } from "../../../client/shared/keys.ts";
import { ChaCha20Poly1305 } from "./chacha20.ts";

const ROOT = new URL("../../vectors/published/", import.meta.url);
const published = (name: string) => JSON.parse(readFileSync(new URL(name, ROOT), "utf8")).vectors;

type XWingVector = Readonly<Record<"seed" | "eseed" | "ss" | "pk" | "ct", string>>;
type Encryption = Readonly<Record<"aad" | "pt" | "ct", string>>;
type HpkeVector = Readonly<Record<"info" | "skRm" | "enc", string>> & {
  readonly kem_id: number;
  readonly aead_id: 1 | 2 | 3;
  readonly encryptions: readonly Encryption[];
};

const AEADS = { 1: Aes128Gcm, 2: Aes256Gcm, 3: ChaCha20Poly1305 };
const X25519 = 0x20;

describe.each<XWingVector>(published("xwing.json"))("X-Wing from the seed $seed:", (vector) => {
  const kem = new XWing();
  const bytes = (name: keyof XWingVector) => fromHex(vector[name]);

  test("the public key", async () => {
    expect(toHex(await publicKey(bytes("seed")))).toBe(vector.pk);
  });

  test("the encapsulation and its secret", async () => {
    const recipientPublicKey = await kem.deserializePublicKey(bytes("pk").buffer);
    const made = await kem.encap({ recipientPublicKey, ekm: bytes("eseed").buffer });
    const [enc, secret] = [made.enc, made.sharedSecret].map((part) => toHex(new Uint8Array(part)));
    expect([enc, secret]).toEqual([vector.ct, vector.ss]);
  });

  test("the decapsulated secret", async () => {
    const recipientKey = await kem.deserializePrivateKey(bytes("seed").buffer);
    const secret = await kem.decap({ recipientKey, enc: bytes("ct").buffer });
    expect(toHex(new Uint8Array(secret))).toBe(vector.ss);
  });
});

const hpke: HpkeVector[] = [...published("hpke-rfc9180.json"), ...published("hpke-x-wing.json")];
test.each(hpke)(
  "HPKE with KEM $kem_id and AEAD $aead_id opens the published messages",
  async (vector) => {
    const kem = vector.kem_id === X25519 ? new DhkemX25519HkdfSha256() : new XWing();
    const suite = new CipherSuite({
      kem,
      kdf: new HkdfSha256(),
      aead: new AEADS[vector.aead_id](),
    });
    const context = await suite.createRecipientContext({
      recipientKey: await kem.deserializePrivateKey(fromHex(vector.skRm).buffer),
      enc: fromHex(vector.enc),
      info: fromHex(vector.info),
    });
    for (const { ct, aad, pt } of vector.encryptions) {
      const opened = await context.open(fromHex(ct), fromHex(aad));
      expect(toHex(new Uint8Array(opened))).toBe(pt);
    }
  },
);
