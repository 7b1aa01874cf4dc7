//! In whose name a workspace is open, and by which clock.

use chrono::{DateTime, NaiveDate, Utc};

use super::Holder;

/// Somebody at a machine with a clock. The clock is handed down, so that the demonstration and the tests have theirs.
#[derive(Debug, Clone)]
pub struct Who {
    user: String,
    host: String,
    since: DateTime<Utc>,
    clock: fn() -> DateTime<Utc>,
}

impl Who {
    /// Whoever runs this process, by the system's clock.
    #[must_use]
    pub fn of_this_process() -> Self {
        let user = ["USER", "LOGNAME", "USERNAME"]
            .into_iter()
            .find_map(|name| std::env::var(name).ok().filter(|user| !user.is_empty()))
            .unwrap_or_default();
        Self::new(user, host(), Utc::now)
    }

    /// Somebody told, by that clock.
    #[must_use]
    pub fn new(
        user: impl Into<String>,
        host: impl Into<String>,
        clock: fn() -> DateTime<Utc>,
    ) -> Self {
        Self {
            user: user.into(),
            host: host.into(),
            since: clock(),
            clock,
        }
    }

    /// The time by this clock.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        (self.clock)()
    }

    /// The day by this clock, where the process is.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.now().with_timezone(&chrono::Local).date_naive()
    }

    /// The name, empty where the system tells none.
    #[must_use]
    pub fn user(&self) -> &str {
        &self.user
    }

    /// As others are told.
    #[must_use]
    pub fn holder(&self) -> Holder {
        let user = match self.user.as_str() {
            "" => "quelqu’un",
            user => user,
        };
        Holder {
            user: user.to_owned(),
            host: self.host.clone(),
            since: self.since,
        }
    }
}

#[cfg(unix)]
fn host() -> String {
    rustix::system::uname()
        .nodename()
        .to_string_lossy()
        .into_owned()
}

#[cfg(not(unix))]
fn host() -> String {
    std::env::var("COMPUTERNAME").unwrap_or_else(|_| "ce poste".to_owned())
}
