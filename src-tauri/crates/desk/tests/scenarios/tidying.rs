//! What is put in order once a building was read.

use simulator::BuildingSize;

use crate::sync::{sync, world_at};

#[tokio::test]
async fn what_a_reading_leaves_lies_in_few_pieces() {
    let many = BuildingSize { intercoms: 25, flats_per_intercom: 1 };
    let world = world_at(|options| options.building = Some(many)).await;
    assert!(sync(&world).await.is_complete);
    let file = world.raw("cache.db");
    for index in ["resident_word", "resident_whole_word", "key_word", "key_whole_word"] {
        let pieces = format!("SELECT count(DISTINCT segid) FROM {index}_idx");
        let pieces: u64 = file.query_row(&pieces, [], |row| row.get(0)).unwrap();
        assert!((1..=4).contains(&pieces), "{index}: {pieces}");
    }
}
