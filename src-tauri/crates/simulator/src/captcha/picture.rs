use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use png::{BitDepth, ColorType, Encoder, EncodingError};

/// A picture could not be encoded.
#[derive(Debug, thiserror::Error)]
#[error("the captcha's picture could not be encoded")]
pub(crate) struct PictureError(#[from] EncodingError);

/// Each digit as five columns by seven rows, a row per byte.
const DIGITS: [[u8; 7]; 10] = [
    [0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110],
    [0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110],
    [0b01110, 0b10001, 0b00001, 0b00010, 0b00100, 0b01000, 0b11111],
    [0b11111, 0b00010, 0b00100, 0b00010, 0b00001, 0b10001, 0b01110],
    [0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010],
    [0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110],
    [0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110],
    [0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000],
    [0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110],
    [0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100],
];

const COLUMNS: usize = 5;
const ROWS: usize = 7;
/// Pixels along one dot of a digit.
const DOT: usize = 5;
const MARGIN: usize = 10;
const GAP: usize = 8;
const PAPER: u8 = 0xF4;
const INK: u8 = 0x30;
const HEIGHT: usize = ROWS * DOT + 3 * MARGIN;

/// The digits of `text` as a picture, in a `data:` address.
pub(crate) fn data_address(text: &str) -> Result<String, PictureError> {
    let digits: Vec<usize> =
        text.chars().filter_map(|digit| digit.to_digit(10)).map(|digit| digit as usize).collect();
    let width = 2 * MARGIN + digits.len() * (COLUMNS * DOT + GAP);
    let mut grey = vec![PAPER; width * HEIGHT];
    for (place, &digit) in digits.iter().enumerate() {
        let left = MARGIN + place * (COLUMNS * DOT + GAP);
        // Digits dance a little, as in every such picture.
        let top = MARGIN + (place * 7 + digit * 3) % MARGIN;
        draw(&mut grey, width, (left, top), &DIGITS[digit]);
    }
    Ok(format!("data:image/png;base64,{}", STANDARD.encode(encoded(&grey, width)?)))
}

fn draw(grey: &mut [u8], width: usize, (left, top): (usize, usize), digit: &[u8; ROWS]) {
    for y in 0..ROWS * DOT {
        for x in 0..COLUMNS * DOT {
            if digit[y / DOT] >> (COLUMNS - 1 - x / DOT) & 1 == 1 {
                grey[(top + y) * width + left + x] = INK;
            }
        }
    }
}

fn encoded(grey: &[u8], width: usize) -> Result<Vec<u8>, EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width as u32, HEIGHT as u32);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(grey)?;
    writer.finish()?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::data_address;

    #[test]
    fn a_picture_is_a_png_that_differs_with_its_text() {
        let [one, other] = ["01234", "56789"].map(|text| data_address(text).unwrap());
        assert!(one.starts_with("data:image/png;base64,iVBORw0KGgo"));
        assert!(one != other && one.len() < 4_000);
    }
}
