use chrono::{DateTime, Utc};

use super::demo::{Builder, PanelSign};
use super::{Building, Intercom};
use crate::options::BuildingSize;

/// The first intercom's id, as in the demo building.
const FIRST_ID: u64 = 21;

/// Entrances side by side, as many and as large as asked for. Flats, people and keys are of the same kinds as in the demo
/// building, unless households are to be even; ids of intercoms go up from 21, and flats of each are numbered from 1.
pub(super) fn large_building(seed: u64, now: DateTime<Utc>, size: BuildingSize, is_even: bool) -> Building {
    let mut builder = Builder::new(seed, now);
    for index in 0..u64::from(size.intercoms) {
        let intercom = entrance(&mut builder, index, u64::from(size.flats_per_intercom), is_even);
        builder.building.intercoms.push(intercom);
    }
    builder.building
}

fn entrance(builder: &mut Builder, index: u64, flats: u64, is_even: bool) -> Intercom {
    let number = index + 1;
    let id = FIRST_ID + index;
    let title = if number.is_multiple_of(3) {
        format!("Entrance {number}")
    } else {
        format!("Подъезд {number}")
    };
    let sign = PanelSign {
        id,
        title,
        address: format!("ул. Ленина, {}", 12 + index / 4 * 2),
        department: number,
        is_online: index % 7 != 3,
        is_of_client: index % 4 != 1,
    };
    let flat = |number| if is_even { builder.even_flat(number) } else { builder.flat(number, 8) };
    let flats = (1..=flats).map(flat).collect();
    Intercom { external_id: Some(format!("L12-{id:04}")), ..builder.intercom(sign, flats) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::DateTime;

    use super::large_building;
    use crate::options::BuildingSize;

    #[test]
    fn a_building_of_any_size_is_the_same_each_time_and_has_no_id_twice() {
        let now = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        let size = BuildingSize { intercoms: 9, flats_per_intercom: 120 };
        let building = large_building(5, now, size, false);
        assert_eq!(format!("{building:?}"), format!("{:?}", large_building(5, now, size, false)));
        let ids: Vec<u64> = building.intercoms.iter().map(|intercom| intercom.id).collect();
        assert_eq!(ids, (21..30).collect::<Vec<_>>());
        let flats = || building.intercoms.iter().flat_map(|intercom| &intercom.flats);
        assert_eq!(flats().map(|flat| flat.id).collect::<BTreeSet<_>>().len(), 1_080);
        assert!(flats().any(|flat| flat.keys.is_empty()) && flats().any(|flat| !flat.keys.is_empty()));
        let even = large_building(5, now, size, true);
        let flats = || even.intercoms.iter().flat_map(|intercom| &intercom.flats);
        let keys: usize = flats().map(|flat| flat.keys.len()).sum();
        let residents: usize = flats().map(|flat| flat.residents.len()).sum();
        assert_eq!((keys, residents), (3 * 1_080, 3 * 1_080 / 2));
        let is = |online: bool| building.intercoms.iter().any(|intercom| intercom.is_online == online);
        assert!(is(true) && is(false));
    }
}
