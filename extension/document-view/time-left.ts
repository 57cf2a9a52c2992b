/** Time left, rounded so that it neither jumps nor promises too much. */
export type TimeLeft =
  | { readonly unit: "minutes" | "seconds"; readonly count: number }
  | { readonly unit: "soon"; readonly count: undefined };

/** Before this much was measured an estimate would only jump. */
const MEASURED_MILLISECONDS = 1_000;

/**
 * How long the rest will take at the speed so far: whole minutes, tens of seconds below a minute and a half, "soon" below ten seconds,
 * always rounded up. `undefined` while it can't be said.
 */
export function timeLeft(
  progress: { readonly octets: number; readonly milliseconds: number },
  size: number,
): TimeLeft | undefined {
  const { octets, milliseconds } = progress;
  if (octets === 0 || milliseconds < MEASURED_MILLISECONDS || octets > size) return undefined;
  const seconds = ((size - octets) * milliseconds) / octets / 1_000;
  if (seconds < 10) return { unit: "soon", count: undefined };
  return seconds <= 90
    ? { unit: "seconds", count: Math.ceil(seconds / 10) * 10 }
    : { unit: "minutes", count: Math.ceil(seconds / 60) };
}
