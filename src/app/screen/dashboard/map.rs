//! Where the partners are: lands of the world under them, on a canvas; a list beside, that says the same.
//!
//! Flat, a degree east as wide as a degree north is high. The wheel and the buttons bring it nearer, the mouse and the
//! arrows move it; it goes round, so that two towns on either side of the date line are seen together.

use iced::keyboard::{Key, key::Named};
use iced::mouse::{self, ScrollDelta};
use iced::widget::canvas::{self, Cache, Canvas, Frame, Geometry, Path};
use iced::widget::scrollable::Viewport;
use iced::widget::{container, row, stack, text};
use iced::{Center, Element, Event, Fill, FillPortion, Point, Rectangle, Renderer, Theme, Vector};

use super::{Dashboard, Message as Page, card};
use crate::app::fonts::{SANS, STRONG};
use crate::app::route::Route;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::{LongList, choice, focusable, link, quiet};
use crate::model::{Id as RecordKey, Stage};
use crate::reference::land;

/// The height of the map, in pixels.
const HEIGHT: f32 = 140.0;

/// From this width of their card on the list stands beside the map; below it, in its place when asked for.
const BOTH: f32 = 600.0;

/// The height of a line of the list, in pixels.
const LINE: f32 = 34.0;

/// The nearest.
const NEAREST: f32 = 24.0;

/// Latitudes beyond which nobody lives: the map shows from one to the other.
const NORTH: f32 = 78.0;
const SOUTH: f32 = -56.0;

/// The map.
#[derive(Debug)]
pub(super) struct Map {
    points: Vec<Spot>,
    /// What is in the middle, in degrees east and north.
    center: (f32, f32),
    zoom: f32,
    drawn: Cache,
    palette: std::cell::Cell<Option<Palette>>,
    list: LongList,
}

/// A partner on the map.
#[derive(Debug, Clone, PartialEq)]
struct Spot {
    id: RecordKey,
    name: String,
    place: (f32, f32),
    /// Conventions that go on.
    going: usize,
}

/// What happens on the map.
#[derive(Debug, Clone, Copy)]
pub enum Message {
    /// It comes nearer by that, or goes farther.
    Zoom(f32),
    /// The same, round what lies so many degrees east and north of the middle.
    ZoomAt(f32, (f32, f32)),
    /// It moves by those degrees, east and north.
    Move(f32, f32),
    /// The whole world.
    All,
    /// The list was scrolled.
    Scrolled(Viewport),
}

impl Map {
    pub(super) fn new() -> Self {
        Self {
            points: Vec::new(),
            center: (10.0, f32::midpoint(NORTH, SOUTH)),
            zoom: 1.0,
            drawn: Cache::new(),
            palette: std::cell::Cell::new(None),
            list: LongList::new("dashboard.partners", LINE),
        }
    }

    pub(super) fn follow(&mut self, session: &Session) {
        let records = session.records();
        let points: Vec<Spot> = records
            .partners_sorted()
            .filter(|partner| partner.country.as_deref() != Some("FR"))
            .filter_map(|partner| {
                let place = partner.coordinates?;
                let degrees = |thousandths: i32| thousandths as f32 / 1000.0;
                Some(Spot {
                    id: partner.id,
                    name: partner.name.text.clone(),
                    place: (degrees(place.longitude), degrees(place.latitude)),
                    going: records
                        .conventions_of(partner.id)
                        .filter(|it| session.stage(it) != Stage::Ended)
                        .count(),
                })
            })
            .collect();
        if points != self.points {
            self.list.holds(points.len());
            self.points = points;
            self.drawn.clear();
        }
    }

    pub(super) fn update(&mut self, message: Message) {
        match message {
            Message::Zoom(by) => self.zoom = (self.zoom * by).clamp(1.0, NEAREST),
            Message::ZoomAt(by, (east, north)) => {
                let before = self.zoom;
                self.zoom = (self.zoom * by).clamp(1.0, NEAREST);
                let nearer = 1.0 - before / self.zoom;
                self.go(east * nearer, north * nearer);
            }
            Message::Move(east, north) => self.go(east, north),
            Message::All => {
                self.center = (10.0, f32::midpoint(NORTH, SOUTH));
                self.zoom = 1.0;
            }
            Message::Scrolled(view) => return self.list.scrolled(&view),
        }
        // What is shown stays on the world.
        let half = (NORTH - SOUTH) / 2.0 / self.zoom;
        self.center.1 = self.center.1.clamp(SOUTH + half, NORTH - half);
        self.drawn.clear();
    }

    /// Moves the middle by those degrees, round the world.
    fn go(&mut self, east: f32, north: f32) {
        let around = self.center.0 + east;
        self.center.0 = (around + 180.0).rem_euclid(360.0) - 180.0;
        self.center.1 += north;
    }

    /// Pixels a degree, on a map of that size: not nearer, the whole world is in sight.
    fn scale(&self, bounds: Rectangle) -> f32 {
        let whole = (bounds.width / 360.0).min(bounds.height / (NORTH - SOUTH));
        whole * self.zoom
    }

    /// Where a place is drawn, the nearest of its turns round the world.
    fn at(&self, (east, north): (f32, f32), bounds: Rectangle) -> Point {
        let scale = self.scale(bounds);
        let from = (east - self.center.0 + 180.0).rem_euclid(360.0) - 180.0;
        Point::new(
            bounds.width / 2.0 + from * scale,
            bounds.height / 2.0 - (north - self.center.1) * scale,
        )
    }

    fn draw_lands(&self, frame: &mut Frame, bounds: Rectangle, palette: Palette) {
        let scale = self.scale(bounds);
        for turn in [-360.0, 0.0, 360.0] {
            let x = |east: f32| bounds.width / 2.0 + (east + turn - self.center.0) * scale;
            let y = |north: f32| bounds.height / 2.0 - (north - self.center.1) * scale;
            // Lands that cross the date line go on beyond it.
            if x(200.0) < 0.0 || x(-200.0) > bounds.width {
                continue;
            }
            let lands = Path::new(|path| {
                for ring in land() {
                    let mut points = ring.iter();
                    if let Some((east, north)) = points.next() {
                        path.move_to(Point::new(x(*east), y(*north)));
                    }
                    for (east, north) in points {
                        path.line_to(Point::new(x(*east), y(*north)));
                    }
                    path.close();
                }
            });
            frame.fill(&lands, palette.line);
        }
    }

    fn draw_points(&self, frame: &mut Frame, bounds: Rectangle, palette: Palette) {
        for spot in &self.points {
            let at = self.at(spot.place, bounds);
            let radius = 4.0 + 1.2 * spot.going.min(5) as f32;
            frame.fill(&Path::circle(at, radius + 1.5), palette.surface);
            frame.fill(&Path::circle(at, radius), palette.accent);
            if self.zoom >= 4.0 {
                frame.fill_text(canvas::Text {
                    content: spot.name.clone(),
                    position: at + Vector::new(radius + 4.0, -8.0),
                    color: palette.ink,
                    size: 13.0.into(),
                    font: SANS,
                    ..canvas::Text::default()
                });
            }
        }
    }
}

/// What the canvas draws and hears.
struct Drawing<'a> {
    map: &'a Map,
    palette: Palette,
}

/// Where the mouse took hold of the map.
#[derive(Default)]
struct Hold {
    from: Option<Point>,
}

impl canvas::Program<Page> for Drawing<'_> {
    type State = Hold;

    fn update(
        &self,
        hold: &mut Hold,
        event: &Event,
        bounds: Rectangle,
        cursor: mouse::Cursor,
    ) -> Option<canvas::Action<Page>> {
        let says = |message| canvas::Action::publish(Page::Map(message)).and_capture();
        let Event::Mouse(event) = event else {
            return None;
        };
        match event {
            mouse::Event::WheelScrolled { delta } if cursor.is_over(bounds) => {
                let lines = match delta {
                    ScrollDelta::Lines { y, .. } => *y,
                    ScrollDelta::Pixels { y, .. } => y / 40.0,
                };
                // At the ends the page scrolls instead.
                let goes = (lines > 0.0 && self.map.zoom < NEAREST)
                    || (lines < 0.0 && self.map.zoom > 1.0);
                let at = cursor.position_in(bounds).filter(|_| goes)?;
                let scale = self.map.scale(bounds);
                let east = (at.x - bounds.width / 2.0) / scale;
                let north = (bounds.height / 2.0 - at.y) / scale;
                let by = 1.25_f32.powf(lines.clamp(-3.0, 3.0));
                Some(says(Message::ZoomAt(by, (east, north))))
            }
            mouse::Event::ButtonPressed(mouse::Button::Left) => {
                hold.from = cursor.position_over(bounds);
                let at = cursor.position_in(bounds)?;
                let near = (self.map.points.iter())
                    .find(|spot| self.map.at(spot.place, bounds).distance(at) < 10.0)?;
                hold.from = None;
                let page = Route::Partner(near.id);
                Some(canvas::Action::publish(Page::Go(page)).and_capture())
            }
            mouse::Event::ButtonReleased(mouse::Button::Left) => {
                hold.from = None;
                None
            }
            mouse::Event::CursorMoved { position } => {
                let from = hold.from.replace(*position).or_else(|| {
                    hold.from = None;
                    None
                })?;
                let scale = self.map.scale(bounds);
                Some(says(Message::Move(
                    (from.x - position.x) / scale,
                    (position.y - from.y) / scale,
                )))
            }
            _ => None,
        }
    }

    fn draw(
        &self,
        _: &Hold,
        renderer: &Renderer,
        _: &Theme,
        bounds: Rectangle,
        cursor: mouse::Cursor,
    ) -> Vec<Geometry> {
        // A theme changes what is drawn, and nobody says so.
        if self.map.palette.replace(Some(self.palette)) != Some(self.palette) {
            self.map.drawn.clear();
        }
        let still = self.map.drawn.draw(renderer, bounds.size(), |frame| {
            self.map.draw_lands(frame, bounds, self.palette);
            self.map.draw_points(frame, bounds, self.palette);
        });
        let mut above = Frame::new(renderer, bounds.size());
        let under = cursor.position_in(bounds).and_then(|at| {
            (self.map.points.iter())
                .find(|spot| self.map.at(spot.place, bounds).distance(at) < 10.0)
        });
        if let Some(spot) = under {
            above.fill_text(canvas::Text {
                content: spot.name.clone(),
                position: Point::new(8.0, bounds.height - 22.0),
                color: self.palette.ink,
                size: 14.0.into(),
                font: STRONG,
                ..canvas::Text::default()
            });
        }
        vec![still, above.into_geometry()]
    }

    fn mouse_interaction(
        &self,
        hold: &Hold,
        bounds: Rectangle,
        cursor: mouse::Cursor,
    ) -> mouse::Interaction {
        match (hold.from, cursor.is_over(bounds)) {
            (Some(_), _) => mouse::Interaction::Grabbing,
            (None, true) => mouse::Interaction::Grab,
            (None, false) => mouse::Interaction::None,
        }
    }
}

impl Dashboard {
    /// The partners: on the map, or listed.
    pub(super) fn partners<'a>(
        &'a self,
        width: f32,
        session: &'a Session,
        palette: Palette,
    ) -> Option<Element<'a, Page>> {
        if self.map.points.is_empty() {
            return None;
        }
        if width >= BOTH {
            let list = container(self.listed(session, palette)).height(HEIGHT);
            let content = row![
                container(self.mapped(palette)).width(FillPortion(3)),
                list.width(FillPortion(2)),
            ]
            .spacing(16);
            return Some(card("Partenaires", None, content, palette));
        }
        let shapes = row![
            choice("Carte", !self.as_list, palette).on_press(Page::AsList(false)),
            choice("Liste", self.as_list, palette).on_press(Page::AsList(true)),
        ]
        .spacing(6);
        let content = if self.as_list {
            let height = (self.map.points.len() as f32 * LINE).min(HEIGHT + 40.0);
            container(self.listed(session, palette))
                .height(height)
                .into()
        } else {
            self.mapped(palette)
        };
        Some(card("Partenaires", Some(shapes.into()), content, palette))
    }

    fn mapped(&self, palette: Palette) -> Element<'_, Page> {
        let step = 30.0 / self.map.zoom;
        let canvas = Canvas::new(Drawing {
            map: &self.map,
            palette,
        })
        .width(Fill)
        .height(HEIGHT);
        let canvas = container(canvas).style(move |_| palette.on(palette.raised));
        let canvas = focusable(canvas, palette.accent)
            .id("dashboard.map")
            .on_key(move |key| {
                let message = match key {
                    Key::Named(Named::ArrowLeft) => Message::Move(-step, 0.0),
                    Key::Named(Named::ArrowRight) => Message::Move(step, 0.0),
                    Key::Named(Named::ArrowUp) => Message::Move(0.0, step),
                    Key::Named(Named::ArrowDown) => Message::Move(0.0, -step),
                    Key::Named(Named::Home) => Message::All,
                    Key::Character(c) if c == "+" || c == "=" => Message::Zoom(1.5),
                    Key::Character(c) if c == "-" => Message::Zoom(1.0 / 1.5),
                    _ => return None,
                };
                Some(Page::Map(message))
            });
        // In the corner where the whole world has nothing but sea.
        let whole = (self.map.zoom > 1.0)
            .then(|| quiet("Le monde", palette).on_press(Page::Map(Message::All)));
        let nearer = row![
            quiet("+", palette).on_press(Page::Map(Message::Zoom(1.5))),
            quiet("−", palette).on_press(Page::Map(Message::Zoom(1.0 / 1.5))),
        ]
        .push(whole);
        let corner = container(nearer)
            .width(Fill)
            .height(HEIGHT)
            .align_y(iced::Bottom);
        stack![canvas, corner].into()
    }

    fn listed<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Page> {
        self.map.list.view(
            move |rank| {
                let spot = self.map.points.get(rank)?;
                let partner = session.records().partner(spot.id)?;
                let country = partner.country.as_deref();
                let country = country.and_then(|code| session.reference().country(code));
                let line = row![
                    link(spot.name.as_str(), palette).on_press(Page::Go(Route::Partner(spot.id))),
                    text(country.map_or("", |country| country.name.text.as_str()))
                        .size(14)
                        .color(palette.muted),
                ]
                .spacing(10)
                .align_y(Center);
                Some((spot.id, line.into()))
            },
            |view| Page::Map(Message::Scrolled(view)),
            palette,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Ids;

    const TOWNS: [(&str, f32, f32); 9] = [
        ("Porto-Novo", 2.6, 6.5),
        ("Ioannina", 20.9, 39.7),
        ("Guilin", 110.3, 25.3),
        ("Vitória", -40.3, -20.3),
        ("Québec", -71.2, 46.8),
        ("Nouméa", 166.4, -22.3),
        ("Suva", 178.4, -18.1),
        ("Apia", -171.8, -13.8),
        ("Ushuaïa", -68.3, -54.8),
    ];

    fn map() -> Map {
        let mut ids = Ids::counted(1);
        let spot = |(name, east, north): (&str, f32, f32)| Spot {
            id: ids.next_id(),
            name: name.to_owned(),
            place: (east, north),
            going: 1,
        };
        Map {
            points: TOWNS.map(spot).to_vec(),
            center: (10.0, f32::midpoint(NORTH, SOUTH)),
            zoom: 1.0,
            drawn: Cache::new(),
            palette: std::cell::Cell::new(None),
            list: LongList::new("test", LINE),
        }
    }

    fn place(map: &Map, name: &str, bounds: Rectangle) -> Point {
        let spot = map.points.iter().find(|it| it.name == name).unwrap();
        map.at(spot.place, bounds)
    }

    #[test]
    fn the_whole_world_is_in_sight_on_any_map() {
        for (width, height) in [(380.0, HEIGHT), (900.0, HEIGHT), (240.0, 400.0)] {
            let bounds = Rectangle::new(Point::ORIGIN, iced::Size::new(width, height));
            for (name, ..) in TOWNS {
                let at = place(&map(), name, bounds);
                assert!(
                    (0.0..=width).contains(&at.x) && (0.0..=height).contains(&at.y),
                    "{name} {at:?} {width}"
                );
            }
        }
    }

    #[test]
    fn across_the_date_line_neighbours_are_neighbours() {
        let bounds = Rectangle::new(Point::ORIGIN, iced::Size::new(380.0, HEIGHT));
        let mut map = map();
        // The keyboard goes east until the date line is in the middle, then nearer.
        for _ in 0..17 {
            map.update(Message::Move(10.0, 0.0));
        }
        map.update(Message::Zoom(4.0));
        map.update(Message::Move(0.0, -30.0));
        let (suva, apia) = (place(&map, "Suva", bounds), place(&map, "Apia", bounds));
        let apart = 9.8 * map.scale(bounds);
        assert!((apia.x - suva.x - apart).abs() < 1.0, "{suva:?} {apia:?}");
        assert!((0.0..=380.0).contains(&suva.x) && (0.0..=380.0).contains(&apia.x));

        map.update(Message::All);
        assert!((map.zoom - 1.0).abs() < f32::EPSILON);
    }

    #[test]
    fn what_the_wheel_comes_nearer_to_stays_under_the_mouse() {
        let bounds = Rectangle::new(Point::ORIGIN, iced::Size::new(380.0, HEIGHT));
        let mut map = map();
        for name in ["Porto-Novo", "Suva"] {
            let before = place(&map, name, bounds);
            let scale = map.scale(bounds);
            let east = (before.x - bounds.width / 2.0) / scale;
            let north = (bounds.height / 2.0 - before.y) / scale;
            map.update(Message::ZoomAt(2.0, (east, north)));
            let after = place(&map, name, bounds);
            assert!(after.distance(before) < 0.5, "{name} {before:?} {after:?}");
            map.update(Message::All);
        }
    }
}
