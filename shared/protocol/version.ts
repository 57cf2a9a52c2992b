/** The host protocol that this source speaks; both sides state what they speak and compare (`hello`, docs/protocol.md). */
export const PROTOCOL_VERSION = 1;

/** The product's version, the same in extension and host; informative, never compared. */
export const PRODUCT_VERSION = "0.1.0";

/** Name of the native messaging host in host manifests and in `runtime.connectNative`. */
export const HOST_NAME = "jp.kodo.host";

/** The extension's id in Chromium, Chrome, Edge and Brave: follows from the public key in `extension/manifest.ts`. */
export const CHROMIUM_EXTENSION_ID = "fmpogckphdondpdbgieibnmlakfhkagg";

/** The extension's id in Firefox (`browser_specific_settings.gecko.id`). */
export const FIREFOX_EXTENSION_ID = "road@kodo.example";

/** `appVersion` of a Web eID token: informative text for validators' logs. */
export const APP_VERSION = `https://kodo.example/road/${PRODUCT_VERSION}`;
