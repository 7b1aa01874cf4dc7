//! Conventions to which an entry leads, those that cite a text, use a term, are grants: a few, then all of them in a list
//! that scrolls.

use iced::Element;
use iced::widget::scrollable::Viewport;
use iced::widget::{Column, column, container};

use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::{LongList, link, quiet};
use crate::model::Id as RecordKey;

/// How many are shown until all are asked for.
const A_FEW: usize = 6;

/// The height of a line of the list, in pixels.
const LINE: f32 = 34.0;

/// The height of the list at most.
const HEIGHT: f32 = 10.0 * LINE;

/// See the module.
#[derive(Debug)]
pub struct Several {
    name: &'static str,
    all: Vec<RecordKey>,
    unfolded: bool,
    list: LongList,
}

/// What happens to them.
#[derive(Debug, Clone, Copy)]
pub enum Message {
    /// All are shown, or a few.
    Unfold(bool),
    /// The list of all was scrolled.
    Scrolled(Viewport),
    /// One is opened.
    Open(RecordKey),
}

impl Several {
    /// None yet; the button that shows all bears that name.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            all: Vec::new(),
            unfolded: false,
            list: LongList::new(name, LINE),
        }
    }

    /// They are those now; others than before are folded again.
    pub fn hold(&mut self, all: Vec<RecordKey>) {
        if all != self.all {
            self.unfolded = false;
            self.list.holds(all.len());
            self.all = all;
        }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// Reads what happened; the convention that is to be opened, if one is.
    pub fn update(&mut self, message: Message) -> Option<RecordKey> {
        match message {
            Message::Unfold(unfolded) => self.unfolded = unfolded,
            Message::Scrolled(view) => self.list.scrolled(&view),
            Message::Open(convention) => return Some(convention),
        }
        None
    }

    /// Their titles.
    #[must_use]
    pub fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let title = move |id: RecordKey| {
            let convention = session.records().convention(id)?;
            let title = link(convention.title.as_str(), palette);
            Some(Element::from(title.on_press(Message::Open(id))))
        };
        let count = self.all.len();
        let shown: Element<'_, Message> = if self.unfolded && count > A_FEW {
            let list = self.list.view(
                move |rank| {
                    let id = *self.all.get(rank)?;
                    Some((id, title(id)?))
                },
                Message::Scrolled,
                palette,
            );
            container(list)
                .height((count as f32 * LINE).min(HEIGHT))
                .into()
        } else {
            let few = self.all.iter().take(A_FEW);
            Column::with_children(few.filter_map(|id| title(*id)))
                .spacing(2)
                .into()
        };
        let fold = (count > A_FEW).then(|| {
            let words = if self.unfolded {
                "En montrer moins".to_owned()
            } else {
                format!("Montrer les {count} conventions")
            };
            quiet(words, palette)
                .id(format!("{}.all", self.name))
                .on_press(Message::Unfold(!self.unfolded))
        });
        column![shown].push(fold).spacing(4).into()
    }
}
