import { signFile } from "../../fuzz/verifier/fuzz-people.ts";
import { playSignedData, type PlayedSigner } from "../cms/played-signed-data.ts";
import type { CmsFile } from "./cms-peers.ts";
import { HANAKO, TARO } from "./people.ts";
import type { Workshop } from "./workshop.ts";
import { madeByPkijs } from "../cms/pkijs-maker.ts";

/** What is signed. */
export const CONTENT = new TextEncoder().encode("子育て応援給付金 申請書\r\n給付の額 50,000円\n");

/** A sound file, and who made it. */
export interface MadeCms extends CmsFile {
  readonly maker: string;
  readonly name: string;
  readonly cades: boolean;
}

/** Sound files of every maker. */
export async function makeCms(workshop: Workshop): Promise<MadeCms[]> {
  return [...(await byOurSigner()), ...byOpenssl(workshop), await byPkijs(), ...played()];
}

async function byOurSigner(): Promise<MadeCms[]> {
  const made: MadeCms[] = [];
  for (const format of ["cms", "cades"])
    for (const packaging of ["detached", "enveloping"] as const)
      for (const timestamped of format === "cades" ? [false, true] : [false])
        made.push({
          maker: "our signer",
          name: `${format} ${packaging}${timestamped ? " with a timestamp" : ""}`,
          cades: format === "cades",
          file: await signFile(HANAKO, format, CONTENT, { packaging, timestamped }),
          content: packaging === "detached" ? CONTENT : undefined,
        });
  return made;
}

const WITH_HANAKO = ["-signer", "hanako.pem", "-inkey", "hanako.key"];
const WITH_TARO = ["-signer", "taro.pem", "-inkey", "taro.key"];
const PSS = ["-keyopt", "rsa_padding_mode:pss"];
const OPENSSL_WAYS: Readonly<Record<string, readonly string[]>> = {
  "as it is": WITH_HANAKO,
  cades: [...WITH_HANAKO, "-cades"],
  "enveloping in BER": [...WITH_HANAKO, "-nodetach", "-stream"],
  "in BER by -indef": [...WITH_HANAKO, "-indef"],
  "SHA-512 and CAdES": [...WITH_HANAKO, "-md", "sha512", "-cades"],
  "ECDSA on P-384": [...WITH_TARO, "-md", "sha384", "-nodetach"],
  "two signers": [...WITH_HANAKO, ...WITH_TARO, "-md", "sha384", "-nodetach"],
  "by key identifier": [...WITH_HANAKO, "-keyid"],
  "without attributes": [...WITH_HANAKO, "-noattr", "-nodetach"],
  PSS: [...WITH_HANAKO, ...PSS, "-keyopt", "rsa_pss_saltlen:-1"],
  "PSS with a long salt": [...WITH_HANAKO, ...PSS],
  "with its authority": [...WITH_HANAKO, "-certfile", "ca.pem"],
  "without certificates": [...WITH_HANAKO, "-nocerts"],
  "SHA-1": [...WITH_HANAKO, "-md", "sha1"],
  "ECDSA on P-384 with SHA-256": WITH_TARO,
};

function byOpenssl(workshop: Workshop): MadeCms[] {
  workshop.writeSigner("hanako", HANAKO);
  workshop.writeSigner("taro", TARO);
  workshop.write("content", CONTENT);
  return Object.entries(OPENSSL_WAYS).map(([name, words]) => {
    const form = ["-binary", "-in", "content", "-outform", "DER", "-out", "made.p7s"];
    workshop.openssl("cms", "-sign", ...form, ...words);
    const isInside = words.includes("-nodetach");
    const content = isInside ? undefined : CONTENT;
    return { maker: "openssl cms", name, cades: words.includes("-cades"), file: workshop.read("made.p7s"), content };
  });
}

async function byPkijs(): Promise<MadeCms> {
  const file = await madeByPkijs(HANAKO, CONTENT);
  return { maker: "pkijs", name: "detached", cades: false, file, content: CONTENT };
}

/** Files of the tests' own maker, which can make what no other does. */
function played(): MadeCms[] {
  const ways: Readonly<Record<string, PlayedSigner>> = {
    cades: { by: HANAKO },
    "ECDSA on P-384": { by: TARO, hash: "sha384" },
    PSS: { by: HANAKO, algorithm: "pss" },
  };
  return Object.entries(ways).map(([name, signer]) => ({
    maker: "the tests' maker",
    name,
    cades: true,
    file: playSignedData({ content: CONTENT, signers: [signer] }),
    content: undefined,
  }));
}
