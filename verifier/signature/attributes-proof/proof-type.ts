/** `typ` of a proof of attributes: nothing else of the extension's has it (extension/signature/attributes). */
export const ATTRIBUTES_PROOF_TYPE = "jpki-attributes+jwt";
