//! The calls around the contract, which an installation may lack.

use crate::dialect::Dialect;
use crate::installation::Installation;
use crate::options::Options;
use crate::refusal::Refusal;

/// A call that answers only where it is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Offer {
    AdminList,
    AdminCodesList,
    FlatsList,
    KeysList,
    UsersList,
    IntercomShows,
    Sessions,
    OpeningDoors,
    BillingShow,
    DeletingAdminCodes,
    DeletingClientCodes,
}

impl Offer {
    fn is_made(self, options: &Options) -> bool {
        let since = |dialect: Dialect| options.dialect >= dialect;
        match self {
            Self::AdminList => options.admin_list,
            Self::AdminCodesList => options.admin_codes_list,
            Self::FlatsList => options.flats_list,
            Self::KeysList => options.keys_list && since(Dialect::V24_12),
            Self::UsersList => options.users_list,
            Self::IntercomShows => options.intercom_shows,
            Self::Sessions => options.sessions_list,
            Self::OpeningDoors => options.opening_doors,
            Self::BillingShow => options.billing_show && since(Dialect::V24_12),
            Self::DeletingAdminCodes => options.deleting_admin_codes && since(Dialect::V24_12),
            Self::DeletingClientCodes => options.deleting_client_codes,
        }
    }

    /// What the server's framework says to a call it does not have: 405 where the path exists for another method.
    fn refusal(self) -> Refusal {
        match self {
            Self::AdminCodesList | Self::DeletingAdminCodes | Self::DeletingClientCodes => {
                Refusal::MethodNotAllowed
            }
            Self::AdminList
            | Self::FlatsList
            | Self::KeysList
            | Self::UsersList
            | Self::IntercomShows
            | Self::Sessions
            | Self::OpeningDoors
            | Self::BillingShow => Refusal::NotFound,
        }
    }
}

impl Installation {
    /// Refuses as a server without this call does.
    pub(crate) fn offers(&self, offer: Offer) -> Result<(), Refusal> {
        if offer.is_made(&self.options) { Ok(()) } else { Err(offer.refusal()) }
    }
}
