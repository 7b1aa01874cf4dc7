//! The thread that saves. It takes changes in order, joins those that wait, and says « saved up to n » or why not.
//!
//! Nothing is dropped: when the disk refuses, what waits stays in memory and is tried again after 1, 2, 4 … 30 seconds,
//! or at once when asked. The window hears of it by events; the command line waits.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::{Holder, Stranger, Workspace};
use crate::model::{Change, Edit, RecordId};

/// What is to be saved at once leaves the time to paint the frame that shows it: both want the whole of a processor.
const FRAME: Duration = Duration::from_millis(40);

/// Typing is saved after this rest…
const REST: Duration = Duration::from_millis(800);

/// … and no later than this after its first letter.
const AT_MOST: Duration = Duration::from_secs(5);

/// The longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// How often the lock is renewed.
const RENEWAL: Duration = Duration::from_secs(60);

/// How soon a change is to be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// At once, the frame that shows it first.
    Now,
    /// After 800 ms of rest, 5 s at most: somebody is typing.
    Typing,
}

/// What the saver says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Every change up to that number is on the disk.
    Saved {
        /// The number of the last.
        up_to: u64,
    },
    /// The disk refused. What waits is kept, and tried again.
    Failed {
        /// Which file, why, in French, and what to do.
        message: String,
        /// Why, without the file: for a reader who is told the record by its name.
        reason: String,
        /// How many records wait.
        waiting: usize,
        /// When it is tried again, unless asked before.
        retry_in: Duration,
    },
    /// The backup of the day could not be made; the edit itself is saved.
    BackupFailed {
        /// Why.
        message: String,
    },
    /// Somebody else had written in a record since it was read: that is kept beside it, and what is saved is ours.
    Beside {
        /// The copy.
        copy: Stranger,
    },
    /// Somebody asks for the hand.
    Asked {
        /// Who.
        by: Holder,
    },
}

/// Saves what becomes of a workspace's records, on a thread of its own.
///
/// Dropping it saves what waits; [`Saver::stop`] does so and tells how it went.
pub struct Saver {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    state: Mutex<State>,
    /// Told when there is something to do.
    work: Condvar,
    /// Told when something was done.
    done: Condvar,
}

#[derive(Default)]
struct State {
    waiting: Waiting,
    /// The number of the last change taken in.
    last: u64,
    /// The number of the last change on the disk.
    saved: u64,
    /// When what waits is to be written; at once when absent.
    due: Option<Instant>,
    /// When what waits began to.
    begun: Option<Instant>,
    /// Whether something that waits is to be written at once: typing that follows does not put it off.
    hurried: bool,
    failure: Option<String>,
    /// How many tries have been made.
    tries: u64,
    retry_now: bool,
    stopping: bool,
}

/// Changes that wait, as one: for each record what it becomes in the end.
#[derive(Default)]
struct Waiting {
    edits: Vec<Edit>,
    places: HashMap<RecordId, usize>,
}

impl Waiting {
    fn add(&mut self, change: Change) {
        for edit in change.edits {
            match self.places.get(&edit.record).copied() {
                Some(place) => {
                    if let Some(waiting) = self.edits.get_mut(place) {
                        waiting.after = edit.after;
                    }
                }
                None => {
                    self.places.insert(edit.record, self.edits.len());
                    self.edits.push(edit);
                }
            }
        }
    }

    /// What failed goes back before what came since.
    fn put_back(&mut self, edits: Vec<Edit>) {
        let since = std::mem::take(self);
        for edits in [edits, since.edits] {
            self.add(Change {
                label: String::new(),
                coalescing: None,
                edits,
            });
        }
    }
}

impl Saver {
    /// Starts the thread. `on_event` is called from it: it must not wait.
    #[must_use]
    pub fn start(workspace: Arc<Workspace>, on_event: impl Fn(Event) + Send + 'static) -> Self {
        let shared = Arc::new(Shared {
            state: Mutex::default(),
            work: Condvar::new(),
            done: Condvar::new(),
        });
        let its = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name("enregistrement".to_owned())
            .spawn(move || run(&its, &workspace, &on_event))
            .ok();
        Self { shared, thread }
    }

    /// Takes a change to be saved at once, and gives its number.
    pub fn save(&self, change: Change) -> u64 {
        self.take(change, Urgency::Now)
    }

    /// Takes a change to be saved, and gives its number.
    pub fn take(&self, change: Change, urgency: Urgency) -> u64 {
        let mut state = self.shared.state();
        let waited = !state.waiting.edits.is_empty();
        state.waiting.add(change);
        state.last += 1;

        let now = Instant::now();
        let begun = *state.begun.get_or_insert(now);
        let rest = match urgency {
            Urgency::Now => FRAME,
            Urgency::Typing => REST,
        };
        let due = (now + rest).min(begun + AT_MOST);
        state.due = match state.due {
            _ if !waited => Some(due),
            Some(before) if state.hurried => Some(before.min(due)),
            before => before.map(|_| due),
        };
        state.hurried = (waited && state.hurried) || urgency == Urgency::Now;
        self.shared.work.notify_all();
        state.last
    }

    /// Saves at once what waits for a rest: Ctrl+S, a change of screen, loss of focus. After a failure, tries again.
    pub fn flush(&self) {
        let mut state = self.shared.state();
        state.due = None;
        state.retry_now = true;
        self.shared.work.notify_all();
    }

    /// Waits until that change is on the disk.
    ///
    /// # Errors
    /// The message of the first try that failed since; the change is kept and tried again.
    pub fn wait(&self, number: u64) -> Result<(), String> {
        let mut state = self.shared.state();
        state.due = None;
        let before = state.tries;
        state.retry_now = true;
        self.shared.work.notify_all();

        while state.saved < number {
            match &state.failure {
                Some(message) if state.tries > before => return Err(message.clone()),
                _ if self.thread.is_none() => {
                    return Err(
                        "Le système refuse de lancer l’enregistrement. Rien n’est perdu tant que Passerelle reste \
                         ouvert."
                            .to_owned(),
                    );
                }
                _ => {}
            }
            state = self
                .shared
                .done
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        Ok(())
    }

    /// Saves what waits and ends the thread.
    ///
    /// # Errors
    /// The message of the last try, when it failed: what waited is then lost with the process.
    pub fn stop(mut self) -> Result<(), String> {
        self.end();
        let state = self.shared.state();
        match &state.failure {
            Some(message) if !state.waiting.edits.is_empty() => Err(message.clone()),
            _ => Ok(()),
        }
    }

    fn end(&mut self) {
        self.shared.state().stopping = true;
        self.shared.work.notify_all();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Saver {
    fn drop(&mut self) {
        self.end();
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the thread does next.
enum Next {
    Write { edits: Vec<Edit>, up_to: u64 },
    Renew,
    End,
}

fn run(shared: &Shared, workspace: &Workspace, on_event: &impl Fn(Event)) {
    let mut pause = None;
    let mut renewed = Instant::now();
    // What the backup of the day lacks, told once an edit is saved: where it is not, that alone is told.
    let mut lack = None;

    loop {
        match next(shared, pause, renewed + RENEWAL) {
            Next::Renew => {
                renewed = Instant::now();
                if let Some(by) = workspace.renew() {
                    on_event(Event::Asked { by });
                }
            }
            Next::Write { edits, up_to } => {
                if pause.is_none() {
                    lack = match workspace.back_up_once_a_day() {
                        Ok(made) => made.and_then(|made| made.lack()),
                        Err(error) => Some(format!(
                            "La sauvegarde du jour n’a pas pu se faire\u{a0}: {error}"
                        )),
                    };
                }
                pause = write(shared, workspace, edits, up_to, pause, on_event);
                if pause.is_none() {
                    if let Some(message) = lack.take() {
                        on_event(Event::BackupFailed { message });
                    }
                    for copy in workspace.beside() {
                        on_event(Event::Beside { copy });
                    }
                    workspace.settle();
                }
            }
            Next::End => return,
        }
        let state = shared.state();
        if state.stopping && (state.waiting.edits.is_empty() || state.failure.is_some()) {
            return;
        }
    }
}

/// Waits for something to do. After a failure, for the pause to end, or somebody to ask.
fn next(shared: &Shared, pause: Option<Duration>, renewal: Instant) -> Next {
    let mut state = shared.state();
    let again = pause.map(|pause| Instant::now() + pause);

    loop {
        let now = Instant::now();
        let waits = !state.waiting.edits.is_empty();
        if state.stopping && !waits {
            return Next::End;
        }

        let due = match again {
            Some(again) if !state.retry_now => Some(again),
            _ => state.due,
        };
        if waits && (state.stopping || due.is_none_or(|due| due <= now)) {
            state.retry_now = false;
            state.due = None;
            state.begun = None;
            let waiting = std::mem::take(&mut state.waiting);
            return Next::Write {
                edits: waiting.edits,
                up_to: state.last,
            };
        }
        if renewal <= now {
            return Next::Renew;
        }

        let until = if waits {
            due.map_or(renewal, |due| due.min(renewal))
        } else {
            state.retry_now = false;
            renewal
        };
        state = shared
            .work
            .wait_timeout(state, until.saturating_duration_since(now))
            .unwrap_or_else(PoisonError::into_inner)
            .0;
    }
}

/// Tries once. Returns the pause before the next try when the disk refused.
fn write(
    shared: &Shared,
    workspace: &Workspace,
    edits: Vec<Edit>,
    up_to: u64,
    pause: Option<Duration>,
    on_event: &impl Fn(Event),
) -> Option<Duration> {
    let change = Change {
        label: String::new(),
        coalescing: None,
        edits,
    };
    let written = workspace.write(&change);

    let mut state = shared.state();
    state.tries += 1;
    let (event, pause) = match written {
        Ok(()) => {
            state.saved = up_to;
            state.failure = None;
            (Event::Saved { up_to }, None)
        }
        Err(error) => {
            let message = error.to_string();
            let next = pause.map_or(Duration::from_secs(1), |pause| {
                (pause * 2).min(LONGEST_PAUSE)
            });
            state.waiting.put_back(change.edits);
            state.failure = Some(message.clone());
            let event = Event::Failed {
                message,
                reason: error.without_its_file(),
                waiting: state.waiting.edits.len(),
                retry_in: next,
            };
            (event, Some(next))
        }
    };
    shared.done.notify_all();
    drop(state);
    on_event(event);
    pause
}
