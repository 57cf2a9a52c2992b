import { VERIFIED_FORMATS } from "../signature/found-signature.ts";

/** How `kodo-verify` is used. */
export const USAGE = `kodo-verify verify FILE        [--content FILE]… [--certificate FILE] [--format FORMAT] [--part ID]…
kodo-verify token FILE         --origin ORIGIN --challenge TEXT
kodo-verify attributes FILE    --origin ORIGIN --challenge TEXT [--purpose TEXT]
kodo-verify recheck EVIDENCE    earlier verdicts by newer lists; the file holds evidence, an array of it, or a report of --json

FILE may be - for standard input; certificates and lists may be DER or PEM.

whom to trust (at least one):
  --trust DIR                   the authorities' certificates of J-LIS, pinned
  --test-trust DIR              authorities for tests: the result says TEST and proves nothing about a resident
  --timestamp-trust DIR         authorities whose timestamps are believed
revocation (one of them):
  --crl FILE|DIR                revocation lists; may be given several times
  --accept-unknown-revocation   do without: nothing is called valid then
more:
  --at TIME                     judge at this time instead of now: 2026-04-01T09:00:00+09:00
  --content FILE                what a detached signature is over; for XML, files by their names, may be given several times
  --certificate FILE            the signer's, for a bare signature (--format pkcs1)
  --format FORMAT               take this one only: ${VERIFIED_FORMATS.join(", ")}
  --part ID                     XML: this part must be signed, instead of the whole document; may be given several times
  --json                        the whole report for a program
  --lang ja|ja-easy|en          by default from LANG

exit codes: 0 valid, 1 accepted but revocation not checked, 2 refused, 3 undecided, 64 not understood, 66 a file can't be read
`;
