import { accountStoreContract } from "../../tests/verifier/postgres/account-store.contract.ts";
import { memoryAccountStore } from "./memory-account-store.ts";

accountStoreContract("memory", memoryAccountStore);
