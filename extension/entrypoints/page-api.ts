import { defineUnlistedScript } from "wxt/utils/define-unlisted-script";
import { installNavigatorJpki } from "../page-api/install-navigator-jpki.ts";

/** MAIN world of approved origins, at document_start. */
export default defineUnlistedScript(() => {
  installNavigatorJpki();
});
