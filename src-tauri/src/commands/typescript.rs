//! Writes the interface's side of the list of commands.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use desk::CommandError;
use desk::views::{CoreEvent, SessionView};
use ts_rs::{Config, ExportError, TS, TypeVisitor};

use super::Kind;

const HEAD: &str =
    "// Generated from the core's list of commands. Do not edit: `npm run generate` writes it anew.\n";

/// What has been written so far.
pub(super) struct Written {
    config: Config,
    types: BTreeMap<String, String>,
    imports: BTreeSet<String>,
    tags: BTreeSet<&'static str>,
    commands: String,
}

impl Written {
    pub(super) fn new() -> Self {
        Self {
            // Ids beyond what a JavaScript number holds were refused on reading.
            config: Config::new().with_large_int("number"),
            types: BTreeMap::new(),
            imports: BTreeSet::new(),
            tags: BTreeSet::new(),
            commands: String::new(),
        }
    }

    /// Takes a type in with everything it is made of, and gives its name.
    pub(super) fn take<T: TS + 'static + ?Sized>(&mut self) -> Result<String, ExportError> {
        let name = T::name(&self.config);
        if T::output_path().is_some() {
            self.imports.insert(name.clone());
            self.keep::<T>()?;
        }
        Ok(name)
    }

    pub(super) fn command(
        &mut self,
        name: &str,
        kind: Kind,
        request: Option<String>,
        response: String,
        tags: &[&'static str],
    ) {
        self.tags.extend(tags);
        let kind = match kind {
            Kind::Read => "read",
            Kind::Write => "write",
        };
        let request = request.unwrap_or_else(|| "null".to_owned());
        let (camel, tags) =
            (camel(name), tags.iter().map(|tag| format!("\"{tag}\"")).collect::<Vec<_>>().join(", "));
        // Writing to a string cannot fail.
        let _ = writeln!(
            self.commands,
            "export const {camel} = {kind}<{request}, {response}>(\"{name}\", [{tags}]);"
        );
    }

    /// Every file of the bindings: its name and its text.
    pub(super) fn finish(mut self) -> Result<Vec<(String, String)>, ExportError> {
        // Types that cross without being a command's own: errors, what the core tells by itself, errors' facts.
        self.keep::<CommandError>()?;
        self.keep::<CoreEvent>()?;
        self.keep::<SessionView>()?;
        let mut commands = format!("{HEAD}import {{ read, write }} from \"../call\";\n");
        for name in &self.imports {
            let _ = writeln!(commands, "import type {{ {name} }} from \"./{name}\";");
        }
        let tags: Vec<String> = self.tags.iter().map(|tag| format!("\"{tag}\"")).collect();
        let tags = format!(
            "{HEAD}/** What a read provides and a write invalidates. */\nexport type Tag = {};\n",
            tags.join(" | ")
        );
        let _ = write!(commands, "\n{}", self.commands);
        let mut files: Vec<_> = self.types.into_iter().collect();
        files.push(("Tag.ts".to_owned(), tags));
        files.push(("commands.ts".to_owned(), commands));
        Ok(files)
    }

    fn keep<T: TS + 'static + ?Sized>(&mut self) -> Result<(), ExportError> {
        let Some(path) = T::output_path() else { return Ok(()) };
        let file = path.to_string_lossy().into_owned();
        if self.types.contains_key(&file) {
            return Ok(());
        }
        self.types.insert(file, T::export_to_string(&self.config)?);
        let mut parts = Parts { written: self, failed: None };
        T::visit_dependencies(&mut parts);
        parts.failed.map_or(Ok(()), Err)
    }
}

/// Keeps every type another one is made of.
struct Parts<'w> {
    written: &'w mut Written,
    failed: Option<ExportError>,
}

impl TypeVisitor for Parts<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if self.failed.is_none() {
            self.failed = self.written.keep::<T>().err();
        }
    }
}

fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |camel, word| {
        let mut letters = word.chars();
        let capital = letters.next().map(|letter| letter.to_ascii_uppercase()).into_iter();
        camel + &capital.chain(letters).collect::<String>()
    })
}
