//! Gives the ACL its commands from the one list, so that each has a permission of its own.

macro_rules! command_list {
    ($($kind:ident $area:ident::$name:ident($($request:ty)?) -> $response:ty: [$($tag:ident),*];)*) => {
        const COMMANDS: &[&str] = &[$(stringify!($name)),*];
    };
}

include!("src/commands/list.rs");

fn main() {
    println!("cargo::rerun-if-changed=src/commands/list.rs");
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest)) {
        println!("cargo::error={error:#}");
        std::process::exit(1);
    }
}
