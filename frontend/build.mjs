// Builds what the product serves, from the packages pinned beside this file, into src/headship/core/static/core.
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "../src/headship/core/static/core");
const fonts = join(here, "node_modules/@fontsource-variable/atkinson-hyperlegible-next/files");

mkdirSync(join(target, "fonts"), { recursive: true });
const { css } = compile(join(here, "styles/headship.scss"), { loadPaths: [here], style: "compressed", charset: false, quietDeps: true });
writeFileSync(join(target, "headship.css"), `${css}\n`);
await build({ entryPoints: [join(here, "headship.js")], outfile: join(target, "headship.js"), bundle: true, minify: true, format: "esm", target: "es2020", legalComments: "inline" });
for (const name of readdirSync(fonts).filter((name) => name.endsWith(".woff2"))) {
  copyFileSync(join(fonts, name), join(target, "fonts", name));
}
