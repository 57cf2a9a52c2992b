import { building } from "./building.ts";
import { browserJourney } from "./browser-journey.ts";
import { cardExchanges } from "./card-exchanges.ts";
import { documentJourney } from "./document-journey.ts";
import { hashRate } from "./hash-rate.ts";
import { hostStart } from "./host-start.ts";
import { injectedWeight } from "./injected-weight.ts";
import { printTable, type Row } from "./measure.ts";
import { readerLatency } from "./reader-latency.ts";
import { severalDocuments } from "./several-documents.ts";
import { verifying } from "./verifying.ts";

/** `npm run bench`: a table of what was measured beside what ran next to it. Compare the ratios; times belong to the machine. */
const rows: Row[] = [
  ...(await verifying()),
  ...(await cardExchanges()),
  ...(await severalDocuments()),
  ...(await hashRate()),
  ...(await building()),
  ...(await hostStart()),
  ...injectedWeight(),
  ...(await readerLatency()),
  ...(await browserJourney()),
  ...(await documentJourney()),
];
console.log(printTable(rows));
process.exit();
