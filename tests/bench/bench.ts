import { browserJourney } from "./browser-journey.ts";
import { cardExchanges } from "./card-exchanges.ts";
import { hostStart } from "./host-start.ts";
import { injectedWeight } from "./injected-weight.ts";
import { printTable, type Row } from "./measure.ts";
import { readerLatency } from "./reader-latency.ts";

/** `npm run bench`: a table of what was measured beside what ran next to it. Compare the ratios; times belong to the machine. */
const rows: Row[] = [
  ...(await cardExchanges()),
  ...(await hostStart()),
  ...injectedWeight(),
  ...(await readerLatency()),
  ...(await browserJourney()),
];
console.log(printTable(rows));
process.exit();
