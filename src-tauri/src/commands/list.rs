// The one list of commands. The handler, the ACL's manifest (build.rs), the capability and the interface's typed
// wrapper all come from it or are proved against it. A line is
//
//     read|write area::name(Request) -> Response : [tags];
//
// A read names the tags it provides, a write those it invalidates; the interface derives refetching from them.
command_list! {
    read app::app_state() -> AppState: [app];
    write app::set_preferences(Choices) -> AppState: [app];
    write app::copy_details(ErrorDetails) -> (): [];

    write servers::probe_server(ProbeServer) -> ServerProbe: [];
    write servers::add_server(AddServer) -> ServerView: [app];
    write servers::start_demo() -> ServerView: [app, intercoms, flat_lists, flats, codes];
    write servers::activate_server(ServerRef) -> AppState: [app, intercoms, flat_lists, flats, codes];
    write servers::trust_certificate(TrustCertificate) -> ServerView: [app, intercoms, flat_lists, flats, codes];
    write servers::set_zone(SetZone) -> ServerView: [app, flat_lists, flats, codes];
    write servers::remove_server(ServerRef) -> AppState: [app, intercoms, flat_lists, flats, codes];

    write accounts::sign_in(SignIn) -> ServerView: [app, intercoms, flat_lists, flats, codes];
    write accounts::set_billing(SetBilling) -> ServerView: [app];
    write accounts::sign_out(SignOut) -> ServerView: [app, intercoms, flat_lists, flats, codes];

    read directory::list_intercoms(ServerRef) -> IntercomList: [intercoms];
    write directory::add_intercom(IntercomRef) -> IntercomView: [intercoms];
    write directory::forget_intercom(IntercomRef) -> IntercomList: [intercoms];
    read directory::load_flats(IntercomRef) -> FlatsLoaded: [flat_lists];
    read directory::list_flats(ListFlats) -> FlatWindow: [flats];
    read directory::get_flat(FlatRef) -> FlatDetail: [flats];

    write codes::issue_code(IssueCode) -> IssuedCode: [codes];
    read codes::load_codes(ServerRef) -> CodesLoaded: [codes];
    read codes::list_codes(ListCodes) -> CodeWindow: [codes];
    write codes::copy_code(CodeRef) -> (): [];
    write codes::settle_code(CodeRef) -> (): [codes];

    write lines::switch_line(SwitchLine) -> LineSwitched: [flats];
}
