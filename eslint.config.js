import tseslint from "typescript-eslint";

/** A folder, and what it must never import: the directions of docs/architecture.md, also held by tests/repository. */
const outside = (message, ...group) => ({ "no-restricted-imports": ["error", { patterns: [{ group, message }] }] });

export default tseslint.config(
  { ignores: ["node_modules/", ".output/", ".wxt/", "out/", ".cache/"] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: [
          "./tsconfig.json",
          "./shared/tsconfig.json",
          "./extension/tsconfig.json",
          "./native-host/tsconfig.json",
          "./formats/tsconfig.json",
          "./verifier/tsconfig.json",
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
      "no-console": "error",
      "@typescript-eslint/consistent-type-definitions": ["error", "interface"],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/prefer-nullish-coalescing": ["error", { ignorePrimitives: { boolean: true, string: true } }],
    },
  },
  {
    files: ["shared/**/*.ts"],
    ignores: ["**/*.test.ts"],
    rules: outside("shared/ knows neither browser nor Node", "node:*", "wxt/*", "*/extension/*", "*/native-host/*"),
  },
  {
    files: ["formats/**/*.ts"],
    ignores: ["**/*.test.ts"],
    rules: outside("formats/ knows neither browser nor Node", "node:*", "wxt/*", "*/extension/*", "*/native-host/*"),
  },
  {
    files: ["verifier/**/*.ts"],
    ignores: ["**/*.test.ts"],
    rules: outside("the verifier knows no extension and no host", "wxt/*", "*/extension/*", "*/native-host/*"),
  },
  {
    files: ["extension/**/*.{ts,tsx}"],
    ignores: ["**/*.test.*", "extension/manifest.ts"],
    rules: outside("the extension knows no Node and no host", "node:*", "*/native-host/*"),
  },
  { files: ["native-host/**/*.ts"], rules: outside("the host knows no extension", "wxt/*", "*/extension/*") },
  {
    files: ["tools/**", "tests/**", "examples/**", "native-host/install/**", "verifier/command-line/**"],
    rules: { "no-console": "off" },
  },
  { files: ["**/*.js", "**/*.mjs"], ...tseslint.configs.disableTypeChecked },
  { files: ["**/*.mjs"], rules: { "no-console": "off" } },
);
