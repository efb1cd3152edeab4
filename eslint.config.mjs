import js from "@eslint/js";
import globals from "globals";

const strict = {
    "no-var": "error",
    "prefer-const": "error",
    "object-shorthand": "error",
    eqeqeq: "error",
    curly: ["error", "all"],
    "no-alert": "error",
    "no-console": ["error", {allow: ["warn", "error"]}],
    "no-unused-vars": ["error", {args: "after-used"}],
    "no-restricted-syntax": [
        "error",
        {
            selector: "CallExpression[callee.property.name='include']",
            message: "old publicWidget style: use Interaction and patch()",
        },
    ],
};

export default [
    {ignores: ["**/static/lib/**", "**/static/description/**"]},
    js.configs.recommended,
    {
        files: ["addons/**/static/**/*.js"],
        languageOptions: {
            ecmaVersion: "latest",
            sourceType: "module",
            globals: {...globals.browser, luxon: "readonly"},
        },
        linterOptions: {reportUnusedDisableDirectives: "error"},
        rules: strict,
    },
    {
        files: ["*.mjs"],
        languageOptions: {ecmaVersion: "latest", sourceType: "module", globals: globals.node},
    },
];
