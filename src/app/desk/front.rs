//! What stands in front of the page: the palette, where something is to be written, an address about to be opened.

use iced::Task;
use iced::widget::{column, text};

use super::actions::then;
use super::{Beyond, Desk, Message, Moment};
use crate::app::fonts::STRONG;
use crate::app::pages;
use crate::app::route::Route;
use crate::app::screen::deliver::{self, Delivery};
use crate::app::screen::finder::{self, Command, Goes};
use crate::app::screen::{Action, Notice, budgets, convention, partner, partners, settings};
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::{Dialog, button, focus, strong};
use crate::model::Id;

/// « Ouvrir », in the dialog before the browser is opened.
const OPEN: &str = "address.open";

impl Desk {
    pub(super) fn find(&mut self, message: finder::Message, moment: Moment) -> Task<Message> {
        let Some(finder) = &mut self.finder else {
            return Task::none();
        };
        match finder.update(message, &self.session) {
            finder::Wish::None => Task::none(),
            finder::Wish::Reveal(task) => task.map(Message::Finder),
            finder::Wish::Close => {
                self.finder = None;
                Task::none()
            }
            finder::Wish::Go(goes) => {
                self.finder = None;
                match goes {
                    Goes::Page(route) => self.read(Message::Go(route), moment),
                    Goes::Verify(id) => self.carry_out(vec![Action::Verify(id)], moment),
                    Goes::NextAct(id) => {
                        let arrive = self.read(Message::Go(Route::Convention(id)), moment);
                        let next = convention::Message::Acts(convention::ActEvent::Next);
                        arrive.chain(then(pages::Message::Convention(next)))
                    }
                    Goes::Modify(id) => {
                        let arrive = self.read(Message::Go(Route::Partner(id)), moment);
                        let edit = pages::Message::Partner(partner::Message::Edit);
                        arrive.chain(self.on_page(edit, moment))
                    }
                    Goes::NewPartner => {
                        let arrive = self.read(Message::Go(Route::Partners), moment);
                        let new = pages::Message::Partners(partners::Message::New);
                        arrive.chain(then(new))
                    }
                    Goes::NewBudget => {
                        let arrive = self.read(Message::Go(Route::Budgets), moment);
                        let new = pages::Message::Budgets(budgets::Message::New);
                        arrive.chain(then(new))
                    }
                    Goes::Settings(part) => {
                        let arrive = self.read(Message::Go(Route::Settings), moment);
                        let part = pages::Message::Settings(settings::Message::Part(part));
                        arrive.chain(self.on_page(part, moment))
                    }
                    Goes::Address(address) => self.show_address(address),
                    // Through the switchboard, which carries some of them out.
                    Goes::Command(command) => Task::done(match command {
                        Command::Save => Message::Save,
                        Command::Undo => Message::Undo,
                        Command::Redo => Message::Redo,
                        Command::BackUp => Message::BackUp,
                        Command::Checks => Message::Checks,
                        Command::Export => Message::Export,
                        Command::Word => Message::Word,
                        Command::Agenda => Message::Agenda,
                        Command::Display => Message::Beyond(Beyond::Display),
                        Command::Another => Message::Beyond(Beyond::Another),
                    }),
                }
            }
        }
    }

    /// Something is to be written: where is asked.
    pub(super) fn ask_where(&mut self, delivery: Delivery) -> Task<Message> {
        self.delivery = Some(delivery);
        focus(deliver::PATH)
    }

    /// Asks where something made of the convention shown goes; says it where none is shown.
    pub(super) fn deliver_convention(
        &mut self,
        make: fn(Id, &Session) -> Option<Delivery>,
        otherwise: &'static str,
    ) -> Task<Message> {
        let shown = match self.route() {
            Route::Convention(id) | Route::Export(id) | Route::Compare(id, _) => Some(id),
            _ => None,
        };
        match shown.and_then(|id| make(id, &self.session)) {
            Some(delivery) => self.ask_where(delivery),
            None => {
                self.notice = Some(Notice::calm(otherwise));
                Task::none()
            }
        }
    }

    pub(super) fn deliver(&mut self, message: deliver::Message) -> Task<Message> {
        let Some(delivery) = &mut self.delivery else {
            return Task::none();
        };
        match delivery.update(message, &self.session, &self.outside) {
            deliver::Wish::Nothing => Task::none(),
            deliver::Wish::Run(task) => task.map(Message::Delivery),
            deliver::Wish::Focus(id) => focus(id),
            deliver::Wish::Over(notice) => {
                self.delivery = None;
                self.notice = notice.or(self.notice.take());
                Task::none()
            }
        }
    }

    /// An address is shown before it is opened outside.
    pub(super) fn show_address(&mut self, address: String) -> Task<Message> {
        self.address = Some(address);
        focus(OPEN)
    }

    /// What stands in front of the page: the palette, an address about to be opened, or what the page asks.
    #[must_use]
    pub fn dialog(&self, palette: Palette) -> Option<Dialog<'_, Message>> {
        if let Some(finder) = &self.finder {
            return Some(finder.dialog(palette).map(Message::Finder));
        }
        if let Some(delivery) = &self.delivery {
            return Some(delivery.dialog(palette).map(Message::Delivery));
        }
        if let Some(address) = &self.address {
            return Some(address_dialog(address, palette));
        }
        let asked = self.pages.dialog(self.route(), &self.session, palette)?;
        Some(asked.map(Message::Page))
    }
}

/// An address is shown before it is opened outside.
fn address_dialog(address: &str, palette: Palette) -> Dialog<'_, Message> {
    Dialog::new(
        "Ouvrir cette adresse\u{202f}?",
        column![
            text("Elle s’ouvrira dans votre navigateur, et demande le réseau.").size(15),
            text(address).size(15).font(STRONG),
        ]
        .spacing(8),
        [
            strong("Ouvrir", palette)
                .id(OPEN)
                .on_press(Message::Address(true)),
            button("Rester ici", palette).on_press(Message::Address(false)),
        ],
        Message::Address(false),
        palette,
    )
}
