//! Whose rows a question may find. Asked inside each question, so that what may not be seen takes no place among its hits.

/// A server whose rows may be found, and those of which accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenServer {
    /// The server.
    pub server: String,
    /// Whether what its admin account saw may be.
    pub admin: bool,
    /// Whether what its client account saw may be.
    pub client: bool,
}

/// Names of servers as a question takes them: one to a line, with a line's end before the first.
#[derive(Debug)]
pub(super) struct Seen {
    /// Every server that may be seen.
    pub(super) any: String,
    /// Those whose admin account may look.
    pub(super) admin: String,
    /// Those whose client account may look.
    pub(super) client: String,
}

impl Seen {
    pub(super) fn of(servers: &[SeenServer]) -> Self {
        let names = |may_look: fn(&SeenServer) -> bool| {
            let names = servers.iter().filter(|server| may_look(server)).map(|server| &server.server);
            names.fold("\n".to_owned(), |names, name| names + name + "\n")
        };
        Self {
            any: names(|_| true),
            admin: names(|server| server.admin),
            client: names(|server| server.client),
        }
    }
}

/// Whether a server's name is among those of a parameter.
macro_rules! seen {
    ($parameter:literal, $server:literal) => {
        concat!("instr(", $parameter, ", char(10) || ", $server, " || char(10))")
    };
}
pub(super) use seen;
