//! What a window shows first, in one answer: asked for one after the other, each part would wait for the one before.

use crate::error::CommandError;
use crate::state::Desk;
use crate::views::{FirstBuildings, FirstSight, FirstSightOf, ListFlats, ServerRef};

impl Desk {
    /// The frame, and of the server that is shown the intercoms and the flats of the first one, as they are remembered.
    /// Asks nobody; waits until the sign-ins of the last run are back. What cannot be read is left out: whoever shows it asks
    /// again, and says so.
    pub async fn first_sight(&self, request: FirstSightOf) -> FirstSight {
        let state = self.app_state().await;
        let buildings = match state.active.clone() {
            None => None,
            Some(server) => self.first_buildings(server, request).await.ok(),
        };
        FirstSight { state, buildings }
    }

    async fn first_buildings(
        &self,
        server: String,
        request: FirstSightOf,
    ) -> Result<FirstBuildings, CommandError> {
        let FirstSightOf { intercom, sort, descending, limit } = request;
        let intercoms = self.list_intercoms(ServerRef { server: server.clone() }).await?;
        let named = intercoms.intercoms.iter().map(|each| each.id).find(|id| Some(*id) == intercom);
        let open = named.or(intercoms.first);
        let flats = match open {
            None => None,
            Some(intercom) => {
                let list =
                    ListFlats { server, intercom, filter: String::new(), sort, descending, offset: 0, limit };
                self.list_flats(list).await.ok()
            }
        };
        Ok(FirstBuildings { intercoms, open, flats })
    }
}
