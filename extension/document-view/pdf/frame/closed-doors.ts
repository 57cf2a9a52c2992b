/** Ways to a network that no content security policy closes: Chromium 156 sends to a STUN server under `default-src 'none'`. */
const DOORS = ["RTCPeerConnection", "webkitRTCPeerConnection", "mozRTCPeerConnection"];

/**
 * Takes away what the policy leaves open, before anything of a document is read. A frame inside this one would have it again, but under
 * the sandbox each has an origin of its own and this policy, and can't be reached into. Throws where it can't be taken away.
 */
export function closeDoors(): void {
  for (const door of DOORS) {
    if (!Reflect.deleteProperty(globalThis, door)) throw new Error(`${door} stays`);
  }
}
