import { execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { installHostFor, uninstallHostFrom } from "../../tools/road/host-installation.ts";
import { click, isPending, loginCall, outcome, useRoad } from "./road-fixture.ts";

const road = useRoad();
const withHost = (): void =>
  installHostFor(road().road.profile, { virtualCard: road().folder, transcript: join(road().folder, "../transcript") });

/** In place of our launcher, a program that speaks the framing and says this. */
function installImpostor(hello: object): void {
  withHost();
  const launcher = execFileSync("find", [road().road.profile, "-name", "*kodo*", "-type", "f", "-perm", "-u+x"], {
    encoding: "utf8",
  }).trim();
  const script = `const b=Buffer.from(${JSON.stringify(JSON.stringify(hello))}),h=Buffer.alloc(4);h.writeUInt32LE(b.length);process.stdout.write(Buffer.concat([h,b]));process.stdin.resume().on("end",()=>process.exit())`;
  writeFileSync(launcher, `#!/bin/sh\nexec '${process.execPath}' -e '${script}'\n`);
  chmodSync(launcher, 0o755);
}

async function begun() {
  const page = await road().page();
  await click(page, loginCall());
  return { page, ceremony: await road().ceremony() };
}

describe("no host", () => {
  it("shows the next step, and goes on when it gets installed meanwhile", async () => {
    uninstallHostFrom(road().road.profile);
    const { page, ceremony } = await begun();
    await ceremony.screen("host-missing");
    expect(await isPending(page)).toBe(true);
    withHost();
    await ceremony.screen("review");
    await ceremony.card("ready");
    await ceremony.press("next");
    await ceremony.typePin(road().pins.authentication);
    await ceremony.press("submit");
    expect(await outcome(page)).toMatchObject({ ok: true });
  });

  it("and the window closed without repair is an OperationError", async () => {
    uninstallHostFrom(road().road.profile);
    const { page, ceremony } = await begun();
    await ceremony.screen("host-missing");
    await ceremony.leave();
    expect(await outcome(page)).toMatchObject({ ok: false, name: "OperationError", reason: "failed" });
    await click(page, "navigator.jpki.availability()");
    expect(await outcome(page)).toEqual({ ok: true, value: "host-missing" });
    withHost();
  });
});

it.each([
  ["host-outdated", 0],
  ["extension-outdated", 9],
])("a host of another version: %s", async (screen, protocol) => {
  installImpostor({ event: "hello", protocols: { min: protocol, max: protocol }, version: "0.0.1", card: "pcsc" });
  const { page, ceremony } = await begun();
  await ceremony.screen(screen);
  await ceremony.leave();
  expect(await outcome(page)).toMatchObject({ ok: false, name: "OperationError", reason: "failed" });
  withHost();
});

it("a killed host: the window says so or starts it again, and the login goes through", async () => {
  const { page, ceremony } = await begun();
  await ceremony.card("ready");
  await ceremony.press("next");
  await ceremony.screen("pin");
  const stopped = ceremony.page.waitForFunction(() => document.body.dataset["card"] !== "ready", {
    polling: "mutation",
  });
  execFileSync("pkill", ["-KILL", "-f", `kodo-host.mjs --virtual-card ${road().folder}`]);
  await stopped;
  await ceremony.card("ready");
  await ceremony.screen("pin");
  await ceremony.typePin(road().pins.authentication);
  await ceremony.press("submit");
  expect(await outcome(page)).toMatchObject({ ok: true });
});
