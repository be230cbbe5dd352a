// `npm run generate`: rewrites `ui/src/core/bindings` from the Rust types and the list of commands.

import { must } from "./setup/run.mjs";
import { heading, main } from "./setup/say.mjs";

await main(async () => {
  heading("Writing ui/src/core/bindings");
  await must("cargo", ["test", "--package", "gatehouse", "--test", "bindings"], {
    env: { ...process.env, GATEHOUSE_WRITE_BINDINGS: "1" },
  });
});
