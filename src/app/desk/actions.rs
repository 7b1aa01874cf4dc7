//! What screens ask for is carried out: edits, other pages, dialogs, notices.

use iced::Task;

use super::{Beyond, Desk, Message, Moment};
use crate::app::fonts;
use crate::app::pages;
use crate::app::route::Route;
use crate::app::screen::{Action, Notice, convention, rights};
use crate::app::widget::focus;

/// What opens in front of a page comes once the keyboard has come to the page, where it then goes back.
pub(super) fn then(opens: pages::Message) -> Task<Message> {
    Task::done(Message::Page(opens))
}

impl Desk {
    pub(super) fn carry_out(
        &mut self,
        actions: Vec<Action<pages::Message>>,
        moment: Moment,
    ) -> Task<Message> {
        let mut tasks = Vec::new();
        for action in actions {
            match action {
                Action::Run(task) => tasks.push(task.map(Message::Page)),
                Action::Edit(change) => {
                    let deletion = change.edits.iter().any(|edit| edit.after.is_none());
                    let label = change.label.clone();
                    fonts::add_han_after(&change);
                    if self.session.edit(change, moment.since) {
                        self.notice = deletion.then(|| Notice::calm(label).undoable());
                    } else if self.session.is_read_only() {
                        self.notice = Some(Notice::wary(
                            "Cet espace est en lecture seule\u{a0}: la modification n’est pas faite.",
                        ));
                    }
                    tasks.push(self.follow());
                }
                Action::Keep(change) => {
                    if self.session.keep(change) {
                        tasks.push(self.follow());
                    }
                }
                Action::Erase(erasure) => {
                    if self.session.erase(&erasure) {
                        self.notice = Some(Notice::calm("Effacement en cours…"));
                        tasks.push(self.follow());
                        let keeper = self.session.saving().keeper();
                        let records = erasure.change.edits.len();
                        let stays = rights::stays("reste", &erasure, &self.session);
                        let erase = async move { keeper.erase(&erasure) };
                        tasks.push(Task::perform(erase, move |erased| {
                            Message::Erased(erased, records, stays.clone())
                        }));
                    }
                }
                Action::Rest => self.session.rest(),
                Action::Go(route) => {
                    self.trail.go(route);
                    tasks.push(self.arrive());
                }
                Action::Verify(id) => {
                    self.trail.go(Route::Convention(id));
                    tasks.push(self.arrive());
                    tasks.push(self.in_convention(convention::Message::Gravest, moment));
                }
                Action::Base(base) => {
                    self.trail.go(Route::Settings);
                    tasks.push(self.arrive());
                    tasks.push(self.pages.at_base(&base, &self.session));
                }
                Action::Record {
                    convention,
                    kind,
                    party,
                } => {
                    self.trail.go(Route::Convention(convention));
                    tasks.push(self.arrive());
                    let record = convention::ActEvent::Record(kind, party);
                    let record = convention::Message::Acts(record);
                    tasks.push(then(pages::Message::Convention(record)));
                }
                Action::Back => {
                    if self.trail.back().is_some() {
                        tasks.push(self.arrive());
                    }
                }
                Action::Focus(id) => tasks.push(focus(id)),
                Action::Browse(address) => tasks.push(self.show_address(address)),
                Action::Deliver(delivery) => tasks.push(self.ask_where(*delivery)),
                Action::Notify(notice) => self.notice = Some(notice),
                Action::Archive => tasks.push(self.look_at_archives()),
                Action::Files => {
                    self.pages.at_files();
                    self.trail.go(Route::Settings);
                    tasks.push(self.arrive());
                }
                Action::Survey => tasks.push(self.survey()),
                Action::Reopen(told) => {
                    let (reading, told) = (false, Some(told));
                    tasks.push(Task::done(Message::Beyond(Beyond::Reopen {
                        reading,
                        told,
                    })));
                }
            }
        }
        // In order: a field has to be there before the keyboard can go to it.
        tasks.into_iter().fold(Task::none(), Task::chain)
    }

    /// Another page is shown: what was typed on the one before is saved.
    pub(super) fn arrive(&mut self) -> Task<Message> {
        self.session.flush();
        self.notice = None;

        let arrive = self.pages.arrive(self.route(), &self.session);
        let arrive = arrive.map(Message::Page);
        match self.route() {
            Route::Settings => Task::batch([arrive, self.look_at_archives(), self.survey()]),
            _ => arrive,
        }
    }

    /// Records changed: the page shown follows.
    pub(super) fn follow(&mut self) -> Task<Message> {
        let follow = self.pages.follow(self.route(), &self.session);
        follow.map(Message::Page)
    }
}
