import { memoryChallengeStorage } from "../authentication/memory-challenge-storage.ts";
import { challengeStorageContract } from "../../tests/verifier/postgres/challenge-storage.contract.ts";

// PostgreSQL itself: tests/verifier/postgres/
challengeStorageContract("memory", memoryChallengeStorage);
