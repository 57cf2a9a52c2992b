import { X509Certificate } from "node:crypto";
import { flattenedVerify, type FlattenedJWSInput } from "jose";
import { answer, type Answer } from "./case.ts";
import type { JwsFile } from "./jws-makers.ts";
import type { Ended } from "./workshop.ts";

const ALGORITHMS = ["RS", "PS", "ES"].flatMap((kind) => ["256", "384", "512"].map((size) => kind + size));

/**
 * jose with the key of the first certificate in `x5c`, every signature of the file; then `openssl verify` of that certificate, because jose
 * leaves certificates to the site.
 */
export const byJose =
  ({ file, content }: JwsFile, isTrusted: (certificate: Uint8Array) => Promise<Ended>) =>
  async (): Promise<Answer> => {
    try {
      const signatures = takeApart(Buffer.from(file).toString(), content);
      for (const one of signatures) {
        const certificate = certificateOf(one);
        await flattenedVerify(one, new X509Certificate(certificate).publicKey, { algorithms: ALGORITHMS });
        const { well, output } = await isTrusted(certificate);
        if (!well) return answer(false, output);
      }
      return signatures.length > 0 ? answer(true) : answer(false, "no signature");
    } catch (thrown) {
      return answer(false, String(thrown));
    }
  };

function certificateOf({ protected: head = "" }: FlattenedJWSInput): Buffer {
  const header = JSON.parse(Buffer.from(head, "base64url").toString()) as { x5c: string[] };
  return Buffer.from(header.x5c[0] ?? "", "base64");
}

/** All serializations as flattened ones; content that stands outside is put in, encoded unless the header says that it is not. */
function takeApart(text: string, content: Uint8Array | undefined): FlattenedJWSInput[] {
  if (text.startsWith("{")) {
    const {
      payload = "",
      signatures,
      ...one
    } = JSON.parse(text) as Partial<FlattenedJWSInput> & {
      readonly signatures?: readonly Omit<FlattenedJWSInput, "payload">[];
    };
    return (signatures ?? [one as Omit<FlattenedJWSInput, "payload">]).map((each) => ({ ...each, payload }));
  }
  const [head = "", inside = "", signature = "", ...more] = text.split(".");
  if (more.length > 0) throw new SyntaxError("more than three parts");
  if (content === undefined || inside !== "") return [{ protected: head, payload: inside, signature }];
  const { b64 } = JSON.parse(Buffer.from(head, "base64url").toString()) as { b64?: boolean };
  const payload = b64 === false ? content : Buffer.from(content).toString("base64url");
  return [{ protected: head, payload, signature }];
}
