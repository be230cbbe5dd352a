//! The commands of the window, one file per area. Each takes the core and at most one request.

mod accounts;
mod app;
mod codes;
mod directory;
mod lines;
mod search;
mod servers;
mod sync;
mod typescript;

use desk::CommandError;
use desk::views::*;
use tauri::ipc::Invoke;
use tauri::{State, Wry};

use crate::core::Core;

/// What a command may do, and so what its tags mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It reads: it provides its tags.
    Read,
    /// It changes: it invalidates its tags.
    Write,
}

/// One line of the list.
#[derive(Debug, Clone, Copy)]
pub struct Listed {
    /// The command's name.
    pub name: &'static str,
    /// What it may do.
    pub kind: Kind,
    /// What it provides or invalidates.
    pub tags: &'static [&'static str],
}

macro_rules! kind {
    (read) => {
        Kind::Read
    };
    (write) => {
        Kind::Write
    };
}

/// Proves that a command's signature is the list's: it would not compile otherwise.
macro_rules! agree {
    ($area:ident $name:ident () $response:ty) => {
        #[expect(dead_code, reason = "its compiling is the proof")]
        async fn $name(core: State<'_, Core>) -> Result<$response, CommandError> {
            $area::$name(core).await
        }
    };
    ($area:ident $name:ident ($request:ty) $response:ty) => {
        #[expect(dead_code, reason = "its compiling is the proof")]
        async fn $name(core: State<'_, Core>, request: $request) -> Result<$response, CommandError> {
            $area::$name(core, request).await
        }
    };
}

macro_rules! command_list {
    ($($kind:ident $area:ident::$name:ident($($request:ty)?) -> $response:ty: [$($tag:ident),*];)*) => {
        /// Every command of the window.
        pub const LIST: &[Listed] = &[
            $(Listed { name: stringify!($name), kind: kind!($kind), tags: &[$(stringify!($tag)),*] }),*
        ];

        /// The handler of every command.
        pub(crate) fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($area::$name),*]
        }

        mod signatures {
            use super::*;
            $(agree!($area $name ($($request)?) $response);)*
        }

        /// The interface's side of the list: a file name and its text for every type, and `commands.ts`.
        pub fn typescript() -> Result<Vec<(String, String)>, ts_rs::ExportError> {
            let mut written = typescript::Written::new();
            $(
                let request: Option<String> = None$(.or(Some(written.take::<$request>()?)))?;
                let response = written.take::<$response>()?;
                written.command(stringify!($name), kind!($kind), request, response, &[$(stringify!($tag)),*]);
            )*
            written.finish()
        }
    };
}

include!("list.rs");
