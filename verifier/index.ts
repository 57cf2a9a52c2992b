/**
 * The relying party's side: a Node server decides here, in one call, whether a login token or a signed file is the work of a My Number Card. What is not
 * named here is not for callers, and may change.
 */

// log in
export { verifyAuthentication, type AuthenticationOptions } from "./authentication/verify-authentication.ts";
export type {
  AcceptedAuthentication,
  AuthenticationResult,
  RefusedAuthentication,
} from "./authentication/authentication-result.ts";
export {
  createChallengeStore,
  type ChallengeStore,
  type ChallengeStoreOptions,
} from "./authentication/challenge-store.ts";
export type { ChallengeStorage, StoredChallenge } from "./authentication/challenge-storage.ts";

// signed files and attributes
export { verifySignature, type SignatureOptions } from "./signature/verify-signature.ts";
export type {
  AcceptedSignature,
  FileReport,
  RefusedSignatureReport,
  SignatureReport,
  TrustedTimestamp,
} from "./signature/report.ts";
export type {
  Coverage,
  CoveredPart,
  DetachedContent,
  LaterChange,
  VerifiedFormat,
} from "./signature/found-signature.ts";
export {
  verifyAttributes,
  type AttributesOptions,
  type ProvenAttributes,
  type RefusedAttributes,
} from "./signature/verify-attributes.ts";

// whom to trust
export { createTrust, readTrust, type TrustOptions } from "./certificate/trust.ts";
export type { Authority, CertificateKind, Trust } from "./certificate/authority.ts";
export type { CertificateFacts } from "./certificate/resident-certificate.ts";
export type { CertificateAttributes } from "../formats/x509/certificate-attributes.ts";

// revocation, now and later
export { crlSource, type CrlOptions, type CrlSource } from "./revocation/crl/crl-source.ts";
export { readCrlFolder } from "./revocation/crl/crl-folder.ts";
export { ocspSource, type OcspOptions } from "./revocation/ocsp/ocsp-source.ts";
export { httpOcspClient } from "./revocation/ocsp/http-ocsp-client.ts";
export { combine } from "./revocation/combine.ts";
export type { RevocationSource, RevocationStatus } from "./revocation/revocation-source.ts";
export type { Evidence } from "./revocation/evidence.ts";
export { recheck, type RecheckReport, type Rechecked } from "./revocation/recheck.ts";

// one person
export { personKey, type PersonKey } from "./person/person-key.ts";
export { createAccounts, type Accounts, type AccountsOptions, type LoginOutcome } from "./person/accounts.ts";
export { memoryAccountStore } from "./person/memory-account-store.ts";
export type { AccountStore } from "./person/account-store.ts";
export { createGrantGuard, type GrantGuard, type GrantGuardOptions, type GrantOutcome } from "./person/grants.ts";
export { memoryGrantStore } from "./person/memory-grant-store.ts";
export type { GrantStore } from "./person/grant-store.ts";
export { postgresAccountStore } from "./postgres/account-store.ts";
export { postgresGrantStore } from "./postgres/grant-store.ts";
export { postgresChallengeStorage } from "./postgres/challenge-storage.ts";
export { POSTGRES_SCHEMA } from "./postgres/schema.ts";
export type { Query } from "./postgres/query.ts";

// what a verdict says
export { CHECKS, VERDICTS, type Check, type CheckName, type Verdict } from "./verdict/verdict.ts";
export { FAILURE_CODES, FAILURE_GROUPS, type FailureCode, type FailureGroup } from "./verdict/failure-codes.ts";
export { FAILURE_TEXTS, type Sentences } from "./verdict/failure-texts.ts";
export type { Failure } from "./verdict/failure.ts";
