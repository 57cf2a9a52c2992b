import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { playResident } from "../../support/pki/played-authorities.ts";
import type { IssuedCertificate } from "../../support/pki/certificate-maker.ts";
import { AUTHORITY, SIGNER } from "./reading.ts";

/** A resident with a key on a curve. */
export const CURVED = playResident("signing", { issuer: AUTHORITY, keyType: "P-256", person: "curve" });
const pem = ({ certificate }: IssuedCertificate): string => new X509Certificate(certificate).toString();
const pkcs8 = { type: "pkcs8", format: "pem" } as const;

/** Puts keys and certificates for other programs into `folder`: `ca.pem`, and for `rsa` and `ec` key and certificate, PEM and DER. */
export function writeSigners(folder: string): { readonly authorityFile: string } {
  const put = (name: string, contents: string | Uint8Array): void => writeFileSync(join(folder, name), contents);
  put("ca.pem", pem(AUTHORITY));
  put("ca.crt", AUTHORITY.certificate);
  for (const [name, signer] of [
    ["rsa", SIGNER],
    ["ec", CURVED],
  ] as const) {
    put(`${name}.crt`, signer.certificate);
    put(`${name}.pem`, pem(signer));
    put(`${name}.key.pem`, signer.key.privateKey.export(pkcs8));
    put(`${name}.key`, signer.key.privateKey.export({ type: "pkcs8", format: "der" }));
  }
  return { authorityFile: join(folder, "ca.pem") };
}

/** Fills a template of `folder` in with xmlsec1. */
export function signWithXmlsec(folder: string, key: "rsa" | "ec", template: string, output: string): void {
  const words = [
    "--sign",
    "--privkey-pem",
    `${key}.key.pem,${key}.pem`,
    "--id-attr:Id",
    "form",
    "--id-attr:Id",
    "answers",
  ];
  execFileSync("xmlsec1", [...words, "--output", output, template], { cwd: folder, stdio: "pipe" });
}

/** Signs `source.xml` of `folder` with the JDK in many ways; the names of the files. */
export function signWithJdk(folder: string): string[] {
  execFileSync("javac", ["-encoding", "UTF-8", "-d", folder, join(import.meta.dirname, "Sign.java")]);
  return execFileSync("java", ["-cp", folder, "Sign", folder], { encoding: "utf8" }).trimEnd().split("\n");
}
