//! The interface's generated files are the core's own: stale ones fail here, `npm run generate` writes them anew.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../ui/src/core/bindings")
}

fn committed() -> BTreeMap<String, String> {
    let Ok(entries) = fs::read_dir(folder()) else { return BTreeMap::new() };
    entries
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap().replace("\r\n", "\n"))
        })
        .collect()
}

#[test]
fn the_interfaces_generated_files_are_fresh() {
    let fresh: BTreeMap<String, String> = gatehouse::commands::typescript().unwrap().into_iter().collect();
    if std::env::var_os("GATEHOUSE_WRITE_BINDINGS").is_some() {
        fs::create_dir_all(folder()).unwrap();
        for stale in committed().keys().filter(|name| !fresh.contains_key(*name)) {
            fs::remove_file(folder().join(stale)).unwrap();
        }
        for (name, text) in &fresh {
            fs::write(folder().join(name), text).unwrap();
        }
    }
    let committed = committed();
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&committed), names(&fresh), "run `npm run generate`");
    for (name, text) in &fresh {
        assert_eq!(&committed[name], text, "{name} is stale: run `npm run generate`");
    }
}
