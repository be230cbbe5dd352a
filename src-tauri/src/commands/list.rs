// The one list of commands. The handler, the ACL's manifest (build.rs), the capability and the interface's typed
// wrapper all come from it or are proved against it. A line is
//
//     read|write area::name(Request) -> Response : [tags];
//
// A read names the tags it provides, a write those it invalidates; the interface derives refetching from them.
command_list! {
    read app::app_state() -> AppState: [app];
    read app::first_sight(FirstSightOf) -> FirstSight: [app, intercoms, flats, flat_rows];
    write app::set_preferences(Choices) -> AppState: [app];
    write app::copy_details(ErrorDetails) -> (): [];
    write app::copy_text(CopyText) -> (): [];
    read app::about() -> About: [app];
    read app::read_log(ReadLog) -> LogView: [log];
    write app::copy_log() -> (): [];
    write app::erase_everything() -> AppState: [app, log, intercom_lists, intercoms, flat_lists, flats, key_lists, keys, codes, sessions];
    write app::close_window() -> (): [];

    write servers::probe_server(ProbeServer) -> ServerProbe: [];
    write servers::add_server(AddServer) -> ServerView: [app];
    write servers::start_demo() -> ServerView: [app, intercom_lists, intercoms, flat_lists, flats, key_lists, keys, codes, sessions];
    write servers::activate_server(ServerRef) -> AppState: [app, intercom_lists, intercoms, flat_lists, flats, key_lists, keys, codes, sessions];
    write servers::trust_certificate(TrustCertificate) -> ServerView: [app, intercom_lists, intercoms, flat_lists, flats, key_lists, keys, codes, sessions];
    write servers::set_server(SetServer) -> ServerView: [app, intercom_lists, intercoms, flat_lists, flats, key_lists, keys, codes];
    write servers::check_capabilities(ServerRef) -> ServerView: [app];
    write servers::remove_server(ServerRef) -> AppState: [app, intercom_lists, intercoms, flat_lists, flats, key_lists, keys, codes, sessions];

    write accounts::get_captcha(ServerRef) -> Captcha: [];
    write accounts::sign_in(SignIn) -> ServerView: [app, intercom_lists, intercoms, flat_lists, flats, key_lists, keys, codes, sessions];
    write accounts::set_billing(SetBilling) -> ServerView: [app];
    write accounts::sign_out(SignOut) -> AccountSignedOut: [app, intercom_lists, intercoms, flat_lists, flats, key_lists, keys, codes, sessions];
    write accounts::retry_keyring() -> AppState: [app, intercom_lists, intercoms, flat_lists, flats, key_lists, keys, codes, sessions];
    read accounts::list_sessions(ServerRef) -> SessionList: [sessions];
    write accounts::end_session(SessionRef) -> (): [sessions];

    read directory::load_intercoms(ServerRef) -> IntercomList: [intercom_lists];
    read directory::list_intercoms(ServerRef) -> IntercomList: [intercoms];
    write directory::add_intercom(AddIntercom) -> IntercomView: [intercom_lists, intercoms, flat_lists];
    write directory::forget_intercom(IntercomRef) -> IntercomList: [intercom_lists, intercoms];
    write directory::set_short_name(SetShortName) -> IntercomList: [intercoms];
    write directory::remember_intercom(IntercomRef) -> (): [];
    read directory::load_flats(IntercomRef) -> FlatsLoaded: [flat_lists];
    read directory::list_flats(ListFlats) -> FlatWindow: [flats, flat_rows];
    read directory::load_flat(FlatRef) -> FlatDetail: [flats];
    read directory::get_flat(FlatRef) -> Option<FlatDetail>: [flats, flat_rows];
    read directory::load_keys(IntercomRef) -> KeysLoaded: [key_lists];
    read directory::list_keys(ListKeys) -> KeyWindow: [keys];

    read search::search(Search) -> SearchResults: [app, intercoms, flats, flat_rows, keys, codes, code_rows];
    read search::get_answer(AnswerRef) -> Answer: [app, intercoms, flats, flat_rows, keys, codes, code_rows];

    read sync::list_syncs() -> SyncOverview: [app, syncs];
    write sync::start_sync(SyncRequest) -> (): [syncs];
    write sync::pause_sync(ServerRef) -> (): [syncs];
    write sync::resume_sync(ServerRef) -> (): [syncs];
    write sync::cancel_sync(ServerRef) -> (): [syncs];

    write codes::issue_code(IssueCode) -> IssuedCode: [codes];
    read codes::load_codes(ServerRef) -> CodesLoaded: [codes];
    read codes::list_codes(ListCodes) -> CodeWindow: [codes, code_rows];
    write codes::copy_code(CodeRef) -> (): [];
    write codes::settle_code(CodeRef) -> (): [codes];
    write codes::delete_codes(DeleteCodes) -> CodesDeleted: [codes];

    write lines::switch_line(SwitchLine) -> LineSwitched: [app, flats];
}
