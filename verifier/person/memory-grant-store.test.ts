import { grantStoreContract } from "../../tests/verifier/postgres/grant-store.contract.ts";
import { memoryGrantStore } from "./memory-grant-store.ts";

grantStoreContract("memory", memoryGrantStore);
