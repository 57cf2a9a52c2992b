import { openCmsSignature } from "../../extension/signature/cms/cms-signature.ts";
import { openJwsSignature } from "../../extension/signature/jws/jws-signature.ts";
import { openPkcs1Signature } from "../../extension/signature/pkcs1/pkcs1-signature.ts";
import { timestampRequest } from "../../extension/signature/timestamp/timestamp-request.ts";
import { readTimestampResponse } from "../../extension/signature/timestamp/timestamp-response.ts";
import {
  timestampTokenOf,
  verifyBareByOpenssl,
  verifyByOpenssl,
  verifyByPkijs,
  verifyTokenByOpenssl,
} from "./cms-verifiers.ts";
import { verifyCompact, verifyDetached } from "./jws-verifiers.ts";
import {
  DOCUMENTS,
  openSigningParty,
  signDocument,
  spoilt,
  type ConformanceRow,
  type SigningParty,
  type SigningTask,
} from "./signing-party.ts";
import { openTimestampAuthority } from "./timestamp-authority.ts";

type Bytes = Uint8Array<ArrayBuffer>;
/** A signature file, the value in it, and the document. */
interface Judged {
  readonly file: Bytes;
  readonly signature: Bytes;
  readonly bytes: Bytes;
}
/** Whether a verifier takes it. */
type Verifier = (judged: Judged) => boolean | Promise<boolean>;
interface Case {
  readonly label: string;
  readonly task: Omit<SigningTask, "bytes">;
  readonly timestamp?: (imprint: Bytes) => Promise<Bytes>;
  readonly verifiers: Readonly<Record<string, Verifier>>;
}

const NONCE = Uint8Array.of(0x9f, 1, 2, 3, 4, 5, 6, 7);

function cases(party: SigningParty): Case[] {
  const authority = openTimestampAuthority(party);
  const timestamp = async (imprint: Bytes): Promise<Bytes> =>
    readTimestampResponse(authority.reply(timestampRequest(imprint, NONCE)), { imprint, nonce: NONCE });
  const cms = (["cms", "cades"] as const).flatMap((format) =>
    (["detached", "enveloping"] as const).flatMap((packaging): Case[] => {
      const cades = format === "cades";
      const outside = (bytes: Bytes) => (packaging === "detached" ? bytes : undefined);
      const verifiers = {
        [`openssl cms${cades ? " -cades" : ""}`]: ({ file, bytes }: Judged) =>
          verifyByOpenssl(party, { file, document: outside(bytes), cades }).accepted,
        pkijs: ({ file, bytes }: Judged) => verifyByPkijs({ file, document: outside(bytes), cades }),
      };
      const task = { open: openCmsSignature, format, packaging };
      const stamped = {
        "openssl ts": ({ file, signature }: Judged) => verifyTokenByOpenssl(party, timestampTokenOf(file), signature),
      };
      return [
        { label: `${format} ${packaging}`, task, verifiers },
        ...(cades
          ? [
              {
                label: `${format} ${packaging} with timestamp`,
                task,
                timestamp,
                verifiers: { ...verifiers, ...stamped },
              },
            ]
          : []),
      ];
    }),
  );
  const task = { open: openJwsSignature, format: "jws" } as const;
  const compact = ({ file }: Judged) => verifyCompact(party, file);
  const detached = ({ file, bytes }: Judged) => verifyDetached(party, file, bytes);
  return [
    {
      label: "pkcs1",
      task: { open: openPkcs1Signature, format: "pkcs1", packaging: "detached" },
      verifiers: { "openssl dgst": ({ file, bytes }) => verifyBareByOpenssl(party, file, bytes) },
    },
    ...cms,
    {
      label: "jws compact",
      task: { ...task, packaging: "enveloping" },
      verifiers: {
        jose: async (judged) => (await compact(judged)).jose,
        "openssl dgst": async (judged) => (await compact(judged)).openssl,
      },
    },
    {
      label: "jws detached (b64: false)",
      task: { ...task, packaging: "detached" },
      verifiers: {
        jose: async (judged) => (await detached(judged)).jose,
        "openssl dgst": async (judged) => (await detached(judged)).openssl,
      },
    },
  ];
}

/** The document with an octet changed where it stands outside, else the file with one of the signature value; for a timestamp, another value. */
function spoil({ file, signature, bytes }: Judged, packaging: SigningTask["packaging"]): Judged {
  if (packaging === "detached") return { file, signature: spoilt(signature), bytes: spoilt(bytes) };
  const at = Buffer.from(file).indexOf(signature);
  // JWS has the value in base64url, at the end
  return { file: spoilt(file, at < 0 ? file.length - 100 : at + 100), signature: spoilt(signature), bytes };
}

/** The rows of the conformance table for pkcs1, CMS, CAdES (with and without a timestamp) and JWS; `inputs` documents each, good and spoilt. */
export async function signatureRows(): Promise<ConformanceRow[]> {
  const party = await openSigningParty();
  try {
    const rows: ConformanceRow[] = [];
    for (const { label, task, timestamp, verifiers } of cases(party)) {
      const judged: Judged[] = [];
      for (const bytes of Object.values(DOCUMENTS))
        judged.push({ ...(await signDocument(party, { ...task, bytes }, timestamp)), bytes });
      for (const [verifier, accepts] of Object.entries(verifiers)) {
        // pkijs takes a detached document of no octets for a missing one
        const blind = verifier === "pkijs" && task.packaging === "detached";
        const asked = judged.filter(({ bytes }) => !blind || bytes.length > 0);
        let [accepted, rejected] = [0, 0];
        for (const one of asked) {
          if (await accepts(one)) accepted++;
          if (!(await accepts(spoil(one, task.packaging)))) rejected++;
        }
        rows.push({ format: label, inputs: asked.length, verifier, accepted, rejected });
      }
    }
    return rows;
  } finally {
    party.close();
  }
}
