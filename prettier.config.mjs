/** @type {import("prettier").Config} */
export default {
    bracketSpacing: false,
    printWidth: 88,
    plugins: ["@prettier/plugin-xml"],
    // White space in views and templates is text: never moved.
    xmlWhitespaceSensitivity: "preserve",
};
