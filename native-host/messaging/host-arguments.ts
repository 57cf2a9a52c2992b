/** How the host was started. Our own arguments (from the launcher) come first, what the browser appends follows. */
export interface HostArguments {
  /** `--version`: print it and end. */
  readonly version: boolean;
  /** `--virtual-card <folder>`: the embedded virtual card in place of PC/SC. */
  readonly virtualCard: string | undefined;
  /** `--transcript <file>`: append every APDU, PINs masked. The file then holds certificates, and so personal data. */
  readonly transcript: string | undefined;
  /** The rest: what the browser says about itself. */
  readonly browser: readonly string[];
}

/**
 * Splits the arguments behind the program's name. The first that is none of ours begins the browser's part. An option without its value
 * throws `RangeError`: a host that was meant to use the virtual card must not turn to a real one.
 */
export function parseHostArguments(values: readonly string[]): HostArguments {
  let version = false;
  let virtualCard: string | undefined;
  let transcript: string | undefined;
  let at = 0;
  const next = (): string => {
    const value = values[++at];
    if (value === undefined || value.startsWith("--")) throw new RangeError("option without a value");
    return value;
  };
  for (; at < values.length; at++) {
    const value = values[at];
    if (value === "--version") version = true;
    else if (value === "--virtual-card") virtualCard = next();
    else if (value === "--transcript") transcript = next();
    else break;
  }
  return { version, virtualCard, transcript, browser: values.slice(at) };
}
