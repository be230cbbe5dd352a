import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What the program is built for: a component of any of them is listed. */
const PLATFORMS = [
  "x86_64-unknown-linux-gnu",
  "x86_64-pc-windows-msvc",
  "x86_64-apple-darwin",
  "aarch64-apple-darwin",
];
const PROGRAM = "gatehouse";
/** Files that hold a component's terms, by their usual names. */
const TERMS = /^(licen[cs]e|copying|copyright|notice|unlicense)([-._].*)?$/iu;
const NOT_TEXT = /\.(rs|js|cjs|mjs|ts|json|toml|html|tmpl)$/iu;

type Package = { from: "cargo" | "npm"; name: string; version: string; licence: string; folder: string };
export type Licences = {
  components: { from: Package["from"]; name: string; version: string; licence: string; texts: number[] }[];
  texts: string[];
};

/** The components that end up in the program, with their licences; every text once. */
export function collectLicences(root: string): Licences {
  const packages = [...cargoPackages(root), ...npmPackages(root)].sort(
    (a, b) => a.name.localeCompare(b.name, "en") || a.version.localeCompare(b.version, "en"),
  );
  const texts: string[] = [];
  const places = new Map<string, number>();
  const place = (text: string) => {
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, texts.length);
    return texts.push(text) - 1;
  };
  const components = packages.map(({ folder, ...about }) => ({
    ...about,
    texts: [...new Set(termsIn(folder).map(place))],
  }));
  return { components, texts };
}

type Metadata = {
  packages: {
    id: string;
    name: string;
    version: string;
    source: string | null;
    license: string | null;
    license_file: string | null;
    manifest_path: string;
  }[];
  resolve: { nodes: { id: string; deps: { pkg: string; dep_kinds: { kind: string | null }[] }[] }[] };
};

/** What the program links: ordinary dependencies only, on every platform it is built for. */
function cargoPackages(root: string): Package[] {
  const found = new Map<string, Package>();
  for (const platform of PLATFORMS) {
    const { packages, resolve } = cargoMetadata(root, platform);
    const byId = new Map(packages.map((each) => [each.id, each]));
    const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
    const waiting = packages.filter(({ name, source }) => name === PROGRAM && source === null);
    const seen = new Set(waiting.map(({ id }) => id));
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (next.source !== null) found.set(next.id, cargoPackage(next));
      for (const dependency of nodes.get(next.id)?.deps ?? []) {
        const other = byId.get(dependency.pkg);
        const ordinary = dependency.dep_kinds.some(({ kind }) => kind === null);
        if (other === undefined || !ordinary || seen.has(other.id)) continue;
        seen.add(other.id);
        waiting.push(other);
      }
    }
  }
  return [...found.values()];
}

function cargoPackage({ name, version, license, license_file, manifest_path }: Metadata["packages"][number]) {
  const licence = license ?? (license_file === null ? "" : `see ${license_file}`);
  return { from: "cargo" as const, name, version, licence, folder: dirname(manifest_path) };
}

function cargoMetadata(root: string, platform: string): Metadata {
  const ask = (...more: string[]) =>
    JSON.parse(
      execFileSync(
        "cargo",
        ["metadata", "--format-version", "1", "--locked", "--filter-platform", platform, ...more],
        { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024, stdio: ["ignore", "pipe", "pipe"] },
      ),
    ) as Metadata;
  try {
    return ask("--offline");
  } catch {
    // Something is not downloaded yet: cargo fetches it.
    return ask();
  }
}

type Lockfile = {
  packages: Record<
    string,
    { version?: string; license?: string; dev?: boolean; devOptional?: boolean; peer?: boolean }
  >;
};

/** What the window's own code may contain: every package that is not there for development only. */
function npmPackages(root: string): Package[] {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as Lockfile;
  return Object.entries(lock.packages).flatMap(([path, entry]): Package[] => {
    if (path === "" || entry.dev === true || entry.devOptional === true) return [];
    const folder = join(root, path);
    const own = manifestIn(folder);
    if (own === null) return [];
    const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
    return [
      { from: "npm", name, version: entry.version ?? "", licence: entry.license ?? own.license, folder },
    ];
  });
}

/** Null where the package is not installed: one for another platform, or a peer nobody wanted. */
function manifestIn(folder: string): { license: string } | null {
  try {
    const { license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
      license?: unknown;
    };
    return { license: typeof license === "string" ? license : "" };
  } catch {
    return null;
  }
}

function termsIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((file) => file.isFile() && TERMS.test(file.name) && !NOT_TEXT.test(file.name))
    .map((file) => file.name)
    .sort()
    .map((name) => readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n").trim())
    .filter((text) => text !== "");
}
