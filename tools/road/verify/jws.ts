import { X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compactVerify, flattenedVerify } from "jose";
import { askChain, askLibrary, type Verdict } from "./verdict.ts";

const RS256 = { algorithms: ["RS256"] };

/** The certificate in `x5c`, also left as a file for openssl. */
function keepCertificate(folder: string, file: string, header: string): X509Certificate {
  const { x5c } = JSON.parse(Buffer.from(header, "base64url").toString("utf8")) as { x5c: string[] };
  const der = Buffer.from(x5c[0] ?? "", "base64");
  writeFileSync(join(folder, `${file}.cer`), der);
  return new X509Certificate(der);
}

/** jose on a compact JWS, its payload inside or outside (RFC 7797), by the key of the certificate in its header; and that certificate's chain. */
export async function verifyJws(folder: string, file: string, document: string): Promise<Verdict[]> {
  const text = readFileSync(join(folder, file), "utf8");
  const octets = readFileSync(join(folder, document));
  const [header = "", middle = "", signature = ""] = text.split(".");
  const key = keepCertificate(folder, file, header).publicKey;
  const verdict =
    middle === ""
      ? await askLibrary("jose", `flattenedVerify({ protected, payload: "${document}", signature })`, async () => {
          await flattenedVerify({ protected: header, payload: octets, signature }, key, RS256);
          return true;
        })
      : await askLibrary("jose", `compactVerify("${file}", x5c[0])`, async () => {
          const { payload } = await compactVerify(text, key, RS256);
          return octets.equals(payload);
        });
  return [verdict, askChain(folder, `${file}.cer`)];
}

/** jose on a proof of attributes, which must be of its own type and made for this origin; and the chain of its certificate. */
export async function verifyProof(folder: string, file: string, origin: string): Promise<Verdict[]> {
  const text = readFileSync(join(folder, file), "utf8");
  const key = keepCertificate(folder, file, text.split(".")[0] ?? "").publicKey;
  const verdict = await askLibrary("jose", `compactVerify("${file}", x5c[0])`, async () => {
    const { payload, protectedHeader } = await compactVerify(text, key, RS256);
    const claims = JSON.parse(new TextDecoder().decode(payload)) as { origin: string };
    return claims.origin === origin && protectedHeader.typ === "jpki-attributes+jwt";
  });
  return [verdict, askChain(folder, `${file}.cer`)];
}
