//! PNG: our drawing as a picture of dots, for documents that hold no SVG.
//!
//! In: a graph of a size that can be looked at. Out: the bytes of a PNG, twice as fine as a screen where that
//! is not too large. Letters come from the fonts of the machine; where there are none, or none that
//! has a letter, from fonts that we carry (Latin, Greek, Cyrillic, signs). Built only with the feature `png`.

use std::io;

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::svg;
use crate::graph::KnowledgeGraph;

/// The longest side, in dots.
const LONGEST: f32 = 12_000.0;

/// Fonts that are drawn like those which our drawing measures with, the likest first.
const LIKEST: [&str; 5] = ["Helvetica", "Arial", "Liberation Sans", "DejaVu Sans", "Noto Sans"];

/// The graph as PNG.
pub(super) fn png(graph: &KnowledgeGraph) -> io::Result<Vec<u8>> {
    let mut fonts = fontdb::Database::new();
    fonts.load_system_fonts();
    draw(&svg::svg(graph), fonts)
}

fn draw(svg: &str, mut fonts: fontdb::Database) -> io::Result<Vec<u8>> {
    for font in [epaint_default_fonts::UBUNTU_LIGHT, epaint_default_fonts::NOTO_EMOJI_REGULAR] {
        fonts.load_font_data(font.to_vec());
    }
    let is_there =
        |family: &&str| fonts.faces().any(|face| face.families.iter().any(|(name, _)| name == *family));
    let family = LIKEST.iter().copied().find(is_there).unwrap_or("Ubuntu");
    fonts.set_sans_serif_family(family);
    let mut options = Options { font_family: family.to_owned(), ..Options::default() };
    *options.fontdb_mut() = fonts;
    let tree = Tree::from_str(svg, &options).map_err(io::Error::other)?;
    let size = tree.size();
    let scale = (LONGEST / size.width().max(size.height()).max(1.0)).min(2.0);
    let dots = |length: f32| (length * scale).ceil().max(1.0) as u32;
    let Some(mut picture) = Pixmap::new(dots(size.width()), dots(size.height())) else {
        return Err(io::Error::other("the drawing is too large for a PNG: choose fewer nodes with --top"));
    };
    picture.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut picture.as_mut());
    picture.encode_png().map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;

    /// How many dots of a picture are dark.
    fn dark(png: &[u8]) -> usize {
        let picture = Pixmap::decode_png(png).unwrap();
        picture.pixels().iter().filter(|dot| dot.red() < 90 && dot.green() < 90 && dot.blue() < 90).count()
    }

    #[test]
    fn letters_are_drawn_where_the_machine_has_no_fonts() {
        let svg = svg::svg(&sample::graph());
        let with = dark(&draw(&svg, fontdb::Database::new()).unwrap());
        // The same without the letters.
        let bare = svg.replace("<text", "<text display=\"none\"");
        let without = dark(&draw(&bare, fontdb::Database::new()).unwrap());
        assert!(with > without + 500, "{with} {without}");
    }

    #[test]
    fn the_same_graph_gives_the_same_picture() {
        let picture = png(&sample::graph()).unwrap();
        assert_eq!(&picture[..8], b"\x89PNG\r\n\x1a\n");
        assert_eq!(picture, png(&sample::graph()).unwrap());
    }
}
