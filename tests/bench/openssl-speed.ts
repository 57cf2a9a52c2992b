import { execFileSync } from "node:child_process";

/**
 * RSA-2048 verifications a second by `openssl speed` in so many processes: the machine's own limit, to hold other rates against.
 */
export function opensslVerifyRate(processes: 1 | 2, seconds = 2): number {
  const words = ["speed", "-elapsed", "-seconds", String(seconds), "-mr"];
  if (processes > 1) words.push("-multi", String(processes));
  const text = execFileSync("openssl", [...words, "rsa2048"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  // +F2:<index>:<bits>:<signatures>:<verifications>, a second each (3.x) or seconds of each (1.1.1)
  const line = text.split("\n").find((each) => each.startsWith("+F2:"));
  const figure = Number(line?.split(":")[4]);
  return figure < 1 ? 1 / figure : figure;
}
