import { concatBytes } from "../../../shared/encoding/bytes.ts";
import { element, readElements, type Bytes } from "../../../formats/der/der.ts";
import { toDefiniteLengths } from "../../../verifier/cms/ber.ts";
import { ISSUERS, RENEWED, TARO } from "./people.ts";

/** A SignedData taken apart into its fields, as they stand there. */
interface Fields {
  readonly version: Uint8Array;
  readonly digests: Uint8Array;
  readonly content: Uint8Array;
  readonly certificates: readonly Uint8Array[];
  readonly signers: readonly Uint8Array[];
}

function takeApart(file: Uint8Array): Fields {
  const [contentInfo] = readElements(toDefiniteLengths(file));
  const [, explicit] = readElements(contentInfo?.contents ?? new Uint8Array());
  const [signedData] = readElements(explicit?.contents ?? new Uint8Array());
  const all = readElements(signedData?.contents ?? new Uint8Array());
  const [version, digests, content] = all;
  const certificates = all.find(({ identifier }) => identifier === 0xa0);
  const signers = all.at(-1);
  const inside = (field: typeof version): Uint8Array[] =>
    readElements(field?.contents ?? new Uint8Array()).map(({ encoding }) => encoding);
  const whole = (field: typeof version): Uint8Array => field?.encoding ?? new Uint8Array();
  return {
    version: whole(version),
    digests: whole(digests),
    content: whole(content),
    certificates: inside(certificates),
    signers: inside(signers),
  };
}

const SIGNED_DATA = Uint8Array.of(0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02);

function putTogether({ version, digests, content, certificates, signers }: Fields): Bytes {
  const listed = certificates.length > 0 ? [element(0xa0, ...certificates)] : [];
  const signedData = element(0x30, version, digests, content, ...listed, element(0x31, ...signers));
  return element(0x30, SIGNED_DATA, element(0xa0, signedData));
}

const changeOne = (signer: Uint8Array, change: (fields: Uint8Array[]) => readonly Uint8Array[]): Bytes => {
  const [info] = readElements(signer);
  const fields = readElements(info?.contents ?? new Uint8Array()).map(({ encoding }) => encoding);
  return element(0x30, ...change(fields));
};
const withSigners =
  (change: (fields: Uint8Array[]) => readonly Uint8Array[]) =>
  (fields: Fields): Fields => ({
    ...fields,
    signers: fields.signers.map((signer) => changeOne(signer, change)),
  });
const withCertificates =
  (...certificates: readonly Uint8Array[]) =>
  (fields: Fields): Fields => ({ ...fields, certificates });

const CHANGES: Readonly<Record<string, (fields: Fields) => Fields>> = {
  "written in DER": (fields) => fields,
  "without certificates": withCertificates(),
  "with the authority's certificate alone": withCertificates(ISSUERS.signing.certificate),
  "with another certificate of the same key": withCertificates(RENEWED.certificate),
  "with another's certificate": withCertificates(TARO.certificate),
  "with its certificate behind others": (fields) => ({
    ...fields,
    certificates: [ISSUERS.signing.certificate, RENEWED.certificate, ...fields.certificates],
  }),
  "with its certificate twice": (fields) => ({
    ...fields,
    certificates: [...fields.certificates, ...fields.certificates],
  }),
  "with its signer twice": (fields) => ({ ...fields, signers: [...fields.signers, ...fields.signers] }),
  "without a signer": (fields) => ({ ...fields, signers: [] }),
  "without digest algorithms": (fields) => ({ ...fields, digests: element(0x31) }),
  "without signed attributes": withSigners((fields) => fields.filter((field) => field[0] !== 0xa0)),
  "with an empty set of signed attributes": withSigners((fields) =>
    fields.map((field) => (field[0] === 0xa0 ? element(0xa0) : field)),
  ),
  "with unsigned attributes that nobody knows": withSigners((fields) => [
    ...fields.filter((field) => field[0] !== 0xa1),
    element(0xa1, element(0x30, Uint8Array.of(0x06, 0x03, 0x2a, 0x03, 0x04), element(0x31, element(0x05)))),
  ]),
  "with its signature value cut off": withSigners((fields) =>
    fields.map((field) => (field[0] === 0x04 ? element(0x04, field.slice(5)) : field)),
  ),
  "with an empty signature value": withSigners((fields) =>
    fields.map((field) => (field[0] === 0x04 ? element(0x04) : field)),
  ),
  "with the signature value of another file": withSigners((fields) =>
    fields.map((field) => (field[0] === 0x04 ? element(0x04, new Uint8Array(256).fill(7)) : field)),
  ),
};

/** A file as it was made and with each change to its structure, by the change's name. The mathematics are never done anew. */
export function cmsVariants(file: Bytes): ReadonlyMap<string, Bytes> {
  const fields = takeApart(file);
  return new Map([
    ...Object.entries(CHANGES).map(([name, change]) => [name, putTogether(change(fields))] as const),
    ["with an octet behind it", concatBytes(file, Uint8Array.of(0))],
    ["cut off", file.slice(0, -1)],
  ]);
}
