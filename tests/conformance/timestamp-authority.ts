import { sequence, smallInteger } from "../../formats/der/der.ts";
import { readToken } from "../../extension/signature/timestamp/signed-statement.ts";
import type { SigningParty } from "./signing-party.ts";

/** The keys that an authority may have, as `openssl genpkey` makes them. */
export const AUTHORITY_KEYS = {
  RSA: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
  "P-256": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
  "P-384": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"],
  "P-521": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"],
} as const;

/** How an authority is made; what is absent is as it should be. */
export interface AuthorityOptions {
  readonly key?: keyof typeof AUTHORITY_KEYS;
  /** Of the ESS certificate id. */
  readonly essHash?: "sha1" | "sha256" | "sha512";
  readonly digest?: "sha256" | "sha384" | "sha512";
  readonly purpose?: string;
}

/** A timestamping authority that is openssl: `tsa-ca.pem` in the party's folder vouches for it. */
export interface TimestampAuthority {
  /** The TimeStampResp to a TimeStampReq, both DER. */
  readonly reply: (request: Uint8Array) => Uint8Array<ArrayBuffer>;
  /** The same statement, signed anew with RSASSA-PSS; only for RSA keys. */
  readonly replyWithPss: (request: Uint8Array) => Uint8Array<ArrayBuffer>;
}

function configuration({
  essHash = "sha256",
  digest = "sha256",
  purpose = "critical,timeStamping",
}: AuthorityOptions): string {
  return `
[ authority ]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = ${purpose}
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[ tsa ]
serial = tsa.serial
crypto_device = builtin
signer_cert = tsa.pem
certs = tsa-ca.pem
signer_key = tsa.key
signer_digest = ${digest}
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = ${essHash}
`;
}

/** Makes an authority in the party's folder, in the place of the one before it. */
export function openTimestampAuthority(
  party: Pick<SigningParty, "write" | "read" | "openssl">,
  options: AuthorityOptions = {},
): TimestampAuthority {
  const run = (...words: string[]): void => {
    const { status, output } = party.openssl(...words);
    if (status !== 0) throw new Error(`openssl ${words.join(" ")}: ${output}`);
  };
  party.write("tsa.cnf", configuration(options));
  party.write("tsa.serial", "01");
  const subject = (name: string): string[] => ["-subj", `/C=JP/O=Played timestamps/CN=${name}`];
  run(
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-keyout",
    "tsa-ca.key",
    "-out",
    "tsa-ca.pem",
    ...subject("root"),
  );
  run("genpkey", ...AUTHORITY_KEYS[options.key ?? "RSA"], "-out", "tsa.key");
  run("req", "-new", "-key", "tsa.key", "-out", "tsa.csr", ...subject("authority"));
  const issuer = ["-CA", "tsa-ca.pem", "-CAkey", "tsa-ca.key", "-set_serial", "0x1234"];
  run(
    "x509",
    "-req",
    "-in",
    "tsa.csr",
    ...issuer,
    "-extfile",
    "tsa.cnf",
    "-extensions",
    "authority",
    "-out",
    "tsa.pem",
  );

  const reply = (request: Uint8Array): Uint8Array<ArrayBuffer> => {
    party.write("request.tsq", request);
    const files = ["-queryfile", "request.tsq", "-out", "response.tsr"];
    run("ts", "-reply", "-config", "tsa.cnf", "-section", "tsa", ...files);
    return party.read("response.tsr");
  };
  return {
    reply,
    replyWithPss(request) {
      reply(request);
      run("ts", "-reply", "-in", "response.tsr", "-token_out", "-out", "token.der");
      party.write("statement.der", readToken(party.read("token.der")).content);
      const signer = ["-signer", "tsa.pem", "-inkey", "tsa.key", "-md", "sha256", "-keyopt", "rsa_padding_mode:pss"];
      const form = [
        "-binary",
        "-nodetach",
        "-nosmimecap",
        "-outform",
        "DER",
        "-econtent_type",
        "1.2.840.113549.1.9.16.1.4",
      ];
      run("cms", "-sign", "-cades", "-in", "statement.der", "-out", "token.der", ...signer, ...form);
      return sequence(sequence(smallInteger(0)), party.read("token.der"));
    },
  };
}
