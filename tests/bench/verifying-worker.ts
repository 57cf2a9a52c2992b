import { parentPort } from "node:worker_threads";
import { loginRate } from "./verifying.ts";
import { loginTokens } from "./verifying-material.ts";

parentPort?.postMessage(await loginRate(loginTokens(1)));
