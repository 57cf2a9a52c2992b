import { HOST_NAME, PRODUCT_VERSION } from "../shared/protocol/version.ts";

/** The README inside out/host, for whoever unpacks the folder on a computer. */
export function hostReadme(): string {
  return `公道 (Kodo) ${PRODUCT_VERSION}: the native host (${HOST_NAME})

The program between the browser extension and the card reader. It needs Node.js 20 or newer and, on Linux, the packages pcscd and
libpcsclite1. Put this folder where it can stay, then:

  ./kodo-hostctl install      let the browsers of this account find the host (--system: of every account)
  ./kodo-hostctl doctor       what is missing between browser and card, in plain words (--json, --lang ja|en)
  ./kodo-hostctl uninstall    undo it

On Windows: kodo-hostctl.bat. After moving the folder, install again.

kodo-host.mjs               the host; the browser starts it, nobody else needs to
kodo-hostctl.mjs            the program above
node_modules/koffi          MIT licence, https://koffi.dev: calls the PC/SC library of the system
*.LEGAL.txt                 licences of what the bundles contain

Linux is tested. Windows and macOS are written from the systems' documentation and have not been run yet.
`;
}
