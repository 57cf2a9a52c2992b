import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** A test authority that vouches for the time (RFC 3161). Nobody should trust it: its key is made at every start. */
export interface TimestampAuthority {
  /** Its own certificate, PEM, for whoever checks its timestamps. */
  readonly certificate: string;
  /** The TimeStampResp to a TimeStampReq, both DER; one that says "rejection" to anything else. */
  reply(request: Uint8Array): Promise<Uint8Array>;
  /** Removes key and certificate. */
  close(): void;
}

const CONFIGURATION = `
[authority]
serial = serial
crypto_device = builtin
signer_cert = authority.pem
signer_key = authority.key
signer_digest = sha256
default_policy = 1.3.6.1.4.1.55555.1
digests = sha256
ess_cert_id_alg = sha256
`;

const run = promisify(execFile);

/**
 * Makes a timestamping authority of `openssl` in a temporary folder. A real site asks an accredited one over the network, from here, so that only the site's server needs an
 * account with it; the page and the extension need nothing but this site's own address.
 */
export function openTimestampAuthority(): TimestampAuthority {
  const folder = mkdtempSync(join(tmpdir(), "municipality-timestamps-"));
  const at = (name: string): string => join(folder, name);
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", at("authority.key")];
  const uses = [
    ["-addext", "basicConstraints=critical,CA:FALSE"],
    ["-addext", "keyUsage=critical,digitalSignature"],
    ["-addext", "extendedKeyUsage=critical,timeStamping"],
  ].flat();
  const name = ["-subj", "/C=JP/O=TEST ONLY/CN=Aozora City example timestamps", "-days", "7"];
  execFileSync("openssl", ["req", "-x509", ...key, ...name, ...uses, "-out", at("authority.pem")], { stdio: "pipe" });
  writeFileSync(at("configuration"), CONFIGURATION);
  writeFileSync(at("serial"), "01\n");

  const answer = async (request: Uint8Array): Promise<Uint8Array> => {
    writeFileSync(at("request"), request);
    const files = ["-queryfile", "request", "-out", "response"];
    await run("openssl", ["ts", "-reply", "-config", "configuration", "-section", "authority", ...files], {
      cwd: folder,
    });
    return readFileSync(at("response"));
  };
  // one after the other: serial numbers are counted in a file
  let last: Promise<unknown> = Promise.resolve();
  return {
    certificate: readFileSync(at("authority.pem"), "utf8"),
    reply(request) {
      const reply = last.then(() => answer(request));
      last = reply.catch(() => undefined);
      return reply;
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
