import { createHash } from "node:crypto";
import { pemOf } from "../openssl-folder.ts";
import { AT } from "./people.ts";
import type { Ended, Workshop } from "./workshop.ts";

/** Asks `openssl verify` about a signer's certificate, each one once: what a site does whose library for JWS or tokens knows no chains. */
export function chainByOpenssl(
  workshop: Workshop,
  authorityFile: string,
  purpose: "smimesign" | "sslclient",
): (certificate: Uint8Array) => Promise<Ended> {
  const known = new Map<string, Promise<Ended>>();
  return (certificate) => {
    const hash = createHash("sha256").update(certificate).digest("hex");
    const asked =
      known.get(hash) ??
      workshop.run(
        "openssl",
        ...["verify", ...AT, "-purpose", purpose, "-CAfile", authorityFile, workshop.put(pemOf(certificate), "pem")],
      );
    known.set(hash, asked);
    return asked;
  };
}
