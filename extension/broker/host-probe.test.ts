import { describe, expect, it } from "vitest";
import { FAULT_CODES } from "../../shared/errors.ts";
import { HostFault } from "../host-port/host-port.ts";
import { createHostProbe } from "./host-probe.ts";

describe("createHostProbe", () => {
  it("says available once a host said hello, and lets it go", async () => {
    let open = 0;
    const probe = createHostProbe(() => {
      open++;
      return Promise.resolve({ close: () => open-- });
    });
    expect(await probe()).toBe("available");
    expect(open).toBe(0);
  });

  it("tells only how our own programs stand to each other", async () => {
    const outcomes = await Promise.all(
      FAULT_CODES.map((code) => createHostProbe(() => Promise.reject(new HostFault({ code })))()),
    );
    expect(outcomes).toEqual(
      FAULT_CODES.map((code) => (code === "host-outdated" || code === "extension-outdated" ? code : "host-missing")),
    );
    expect(await createHostProbe(() => Promise.reject(new TypeError("no permission")))()).toBe("host-missing");
  });

  it("starts one host for questions asked at the same time, and a new one for the next", async () => {
    const starts: PromiseWithResolvers<{ close: () => void }>[] = [];
    const probe = createHostProbe(() => {
      const start = Promise.withResolvers<{ close: () => void }>();
      starts.push(start);
      return start.promise;
    });
    const first = Promise.all([probe(), probe(), probe()]);
    expect(starts).toHaveLength(1);
    starts[0]?.reject(new HostFault({ code: "host-missing" }));
    expect(await first).toEqual(["host-missing", "host-missing", "host-missing"]);

    const second = probe();
    expect(starts).toHaveLength(2);
    starts[1]?.resolve({ close: () => undefined });
    expect(await second).toBe("available");
  });
});
