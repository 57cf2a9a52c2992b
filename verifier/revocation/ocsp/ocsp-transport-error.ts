/** Thrown by a client that got no OCSPResponse; its message is an English note for a log, free of what the responder wrote. */
export class OcspTransportError extends Error {
  override readonly name = "OcspTransportError";
}
