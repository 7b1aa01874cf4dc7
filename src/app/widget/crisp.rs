//! What has an edge stands on whole pixels of the screen.
//!
//! iced's software renderer draws an edge where the layout puts it: between two pixels, each has half of it, and half of
//! its contrast. Words and what is centred put most things there. Here a part is laid out as ever and drawn on the
//! nearest whole pixels: nothing moves by more than half of one.

use iced::advanced::widget::Tree;
use iced::advanced::{Layout, layout};
use iced::{Element, Point, Rectangle, Vector};

use super::compound::{Compound, Drawing, compound};
use crate::app::theme::Palette;

/// See the module.
struct Crisp<'a, M> {
    part: [Element<'a, M>; 1],
    palette: Palette,
}

/// Draws that on whole pixels of the screen that the palette is for.
pub fn crisp<'a, M: 'a>(part: impl Into<Element<'a, M>>, palette: Palette) -> Element<'a, M> {
    compound(Crisp {
        part: [part.into()],
        palette,
    })
}

impl<'a, M> Compound<'a, M> for Crisp<'a, M> {
    type State = ();

    fn parts(&self) -> &[Element<'a, M>] {
        &self.part
    }

    fn parts_mut(&mut self) -> &mut [Element<'a, M>] {
        &mut self.part
    }

    fn draw(&self, tree: &Tree, layout: Layout<'_>, mut drawing: Drawing<'_>) {
        let bounds = layout.bounds();
        let whole = self.palette.on_pixels(bounds);
        let [part] = &self.part;
        let (Some(tree), Some(laid)) = (tree.children.first(), layout.children().next()) else {
            return;
        };
        if whole == bounds {
            drawing.draw(part, tree, laid);
            return;
        }
        let node = moved(laid, bounds, whole, Point::ORIGIN);
        drawing.draw(part, tree, Layout::with_offset(Vector::ZERO, &node));
    }
}

/// The same layout, where what had those bounds has the others, and what it holds goes along.
fn moved(layout: Layout<'_>, from: Rectangle, to: Rectangle, parent: Point) -> layout::Node {
    let bounds = layout.bounds();
    let bounds = if bounds == from {
        to
    } else {
        bounds + (to.position() - from.position())
    };
    let inside = layout
        .children()
        .map(|inside| moved(inside, from, to, bounds.position()))
        .collect();
    let away = bounds.position() - parent;
    layout::Node::with_children(bounds.size(), inside).move_to(Point::ORIGIN + away)
}

#[cfg(test)]
pub mod tests {
    use std::time::Instant;

    use iced::advanced::clipboard;
    use iced::widget::container;
    use iced::{Color, Event, Font, Size, mouse, window};
    use iced_test::core::renderer::{self, Headless};
    use iced_test::futures::Executor;
    use iced_test::futures::backend::default::Executor as Pool;
    use iced_test::renderer::Renderer;
    use iced_test::runtime::UserInterface;
    use iced_test::runtime::user_interface::Cache;

    use super::*;
    use crate::app::theme::{Appearance, tests::contrast};
    use crate::app::widget::form::{Area, Shown, area, entry};
    use crate::app::widget::{button, checkbox, choice, field, hairline, segmented, select};

    /// As large as what is pictured, in logical pixels, with room around it.
    const SIZE: Size = Size::new(180.0, 120.0);

    /// A picture, so many dots across and down.
    struct Picture {
        dots: Vec<u8>,
        across: usize,
        down: usize,
    }

    impl Picture {
        fn of(thing: Element<'_, ()>, renderer: &mut Renderer, palette: Palette) -> Self {
            let style = renderer::Style {
                text_color: palette.ink,
            };
            let (theme, cursor) = (palette.theme(), mouse::Cursor::Unavailable);
            let mut interface = UserInterface::build(thing, SIZE, Cache::default(), renderer);
            // Before it hears that it is drawn, a button shows as unavailable.
            let drawn = Event::Window(window::Event::RedrawRequested(Instant::now()));
            let _ = interface.update(
                &[drawn],
                cursor,
                renderer,
                &mut clipboard::Null,
                &mut Vec::new(),
            );
            interface.draw(renderer, &theme, &style, cursor);
            let across = (SIZE.width * palette.scale).round() as u32;
            let down = (SIZE.height * palette.scale).round() as u32;
            Self {
                dots: renderer.screenshot(Size::new(across, down), palette.scale, palette.ground),
                across: across as usize,
                down: down as usize,
            }
        }

        /// The best contrast with the ground of the first three dots that are not of it.
        fn edge(&self, way: impl Iterator<Item = (usize, usize)>, ground: Color) -> f32 {
            let dots = way.map(|(x, y)| &self.dots[(y * self.across + x) * 4..]);
            dots.map(|dot| contrast(Color::from_rgb8(dot[0], dot[1], dot[2]), ground))
                .skip_while(|contrast| *contrast < 1.02)
                .take(3)
                .fold(1.0, f32::max)
        }

        /// The contrast of each of the four edges of what is there, met along that column and the row in the middle.
        fn edges(&self, column: usize, ground: Color) -> [f32; 4] {
            let row = self.down / 2;
            let across = (0..self.across).map(|x| (x, row));
            let down = (0..self.down).map(|y| (column, y));
            [
                self.edge(across.clone(), ground),
                self.edge(across.rev(), ground),
                self.edge(down.clone(), ground),
                self.edge(down.rev(), ground),
            ]
        }
    }

    /// What draws without a screen.
    fn painter() -> Renderer {
        let renderer =
            <Renderer as Headless>::new(Font::with_name("Fira Sans"), 16.into(), Some("tiny-skia"));
        Pool::new().unwrap().block_on(renderer).unwrap()
    }

    /// Sees that what is made has edges of three to one in every theme, at several sizes, wherever it falls; it is
    /// crossed down along the column that is told, in logical pixels.
    pub fn assert_edges<'a>(
        name: &str,
        column: f32,
        mut make: impl FnMut(Palette) -> Element<'a, ()>,
    ) {
        let mut renderer = painter();
        for appearance in Appearance::ALL {
            for (scale, away) in [1.0, 1.25, 1.5, 2.0]
                .into_iter()
                .flat_map(|scale| [0.0, 0.25, 0.4, 0.5, 0.75].map(|away| (scale, away)))
            {
                let palette = appearance.palette(false).at(scale);
                let page = container(make(palette))
                    .padding(20.0 + away)
                    .center_y(SIZE.height)
                    .width(SIZE.width)
                    .style(move |_| palette.on(palette.ground));
                let picture = Picture::of(page.into(), &mut renderer, palette);
                let edges = picture.edges((column * scale) as usize, palette.ground);
                assert!(
                    edges.iter().all(|edge| *edge >= 3.0),
                    "{name} {appearance:?}, {scale}, {away}\u{a0}: {edges:?}"
                );
            }
        }
    }

    #[test]
    fn edges_hold_three_to_one_on_the_screen_wherever_they_fall() {
        let notes = Area::new("");
        let shown = || Shown {
            text: "".into(),
            fault: None,
        };
        assert_edges("bouton", 70.0, |palette| {
            button("", palette).on_press(()).width(99.3).into()
        });
        assert_edges("pastille", 70.0, |palette| {
            choice("", false, palette).on_press(()).width(99.3).into()
        });
        // It is narrow.
        assert_edges("case", 33.0, |palette| {
            checkbox("", false, palette).on_press(()).into()
        });
        assert_edges("choix", 70.0, |palette| {
            segmented([((), " ".repeat(30))], &(), "a", palette, |()| ())
        });
        assert_edges("champ", 70.0, |palette| {
            field("", "", "b", palette, |_| ()).into()
        });
        assert_edges("entrée", 70.0, |palette| {
            let entry = entry("", shown(), "c", palette, |_| ());
            entry.without_label().into()
        });
        assert_edges("notes", 70.0, |palette| {
            area("", &notes, "d", 30.0, palette, |_| ())
        });
        assert_edges("liste", 70.0, |palette| {
            select([((), "")], Some(&()), "e", palette, |()| ()).into()
        });
    }

    #[test]
    fn a_line_between_rows_is_as_dark_wherever_it_falls() {
        let mut renderer = painter();
        let palette = Appearance::Contrast.palette(false).at(1.25);
        for away in [0.0, 0.25, 0.4, 0.5, 0.75] {
            let line = container(hairline(palette)).padding(20.0 + away);
            let line = line.style(move |_| palette.on(palette.ground));
            let line: Element<'_, ()> = line.width(SIZE.width).height(SIZE.height).into();
            let picture = Picture::of(line, &mut renderer, palette);
            let down = (0..picture.down).map(|y| (80, y));
            let whole = contrast(palette.line, palette.ground);
            let dark = picture.edge(down, palette.ground);
            assert!((dark - whole).abs() < 0.1, "{away}\u{a0}: {dark}, {whole}");
        }
    }
}
