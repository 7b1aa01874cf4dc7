//! The command line (`cli.md`): messages in French on stderr, results on stdout, exit codes that scripts may trust.
//!
//! One file a command. Reading commands take no lock and write nothing at all; writing ones wait two seconds for
//! whoever writes. [`run`] does one command and says with which code the process ends, or that a window is wanted.

mod arguments;
mod backup;
mod beside;
mod demo;
mod export;
mod failure;
mod find;
mod import;
mod import_table;
mod list;
mod new;
mod new_convention;
mod print;
mod sheets;
mod show;
mod verify;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

pub use failure::Failure;

use self::arguments::{Arguments, Command, Export, Import, Typed};
use self::print::{Printed, say};
use crate::demo as demonstration;
use crate::reference::Reference;
use crate::workspace::{Opened, Who, Wish, Workspace};

/// What the process does next.
#[derive(Debug)]
pub enum Ending {
    /// It ends, with this code.
    Exit(u8),
    /// It opens the window, on that workspace where one was named.
    Window {
        /// The workspace to open.
        workspace: Option<PathBuf>,
        /// Whether the work asked for is done already, so that no window is no failure.
        optional: bool,
    },
}

/// Does what the arguments say. `arguments` begin with the program's own name.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Ending {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let json = arguments.iter().any(|argument| argument == "--json");

    let done = match arguments::read(arguments) {
        Typed::Answer(text) => {
            let lines = text.lines().map(str::to_owned).collect();
            Ok(Done::printed(Printed::Lines(lines)))
        }
        Typed::Wrong(failure) => Err(failure),
        Typed::Arguments(Arguments {
            workspace, command, ..
        }) => match command {
            Some(command) => dispatch(command),
            None => Ok(Done::Window {
                workspace,
                optional: false,
            }),
        },
    };

    let done = done.and_then(|done| match &done {
        Done::Printed { printed, .. } => printed.to_stdout().map(|()| done),
        Done::Window { .. } => Ok(done),
    });
    match done {
        Ok(Done::Printed { code, .. }) => Ending::Exit(code),
        Ok(Done::Window {
            workspace,
            optional,
        }) => Ending::Window {
            workspace,
            optional,
        },
        Err(failure) => {
            if json {
                // Where stdout refuses, the exit code still says it.
                let _ = Printed::Json(failure.to_json()).to_stdout();
            } else {
                say(failure.message());
            }
            Ending::Exit(failure.code())
        }
    }
}

/// What a command leaves to do.
enum Done {
    Printed {
        printed: Printed,
        code: u8,
    },
    Window {
        workspace: Option<PathBuf>,
        optional: bool,
    },
}

impl Done {
    const fn printed(printed: Printed) -> Self {
        Self::Printed { printed, code: 0 }
    }

    fn lines(lines: impl IntoIterator<Item = String>) -> Self {
        Self::printed(Printed::Lines(lines.into_iter().collect()))
    }
}

fn dispatch(command: Command) -> Result<Done, Failure> {
    let who = Who::of_this_process();

    match command {
        Command::Demo {
            folder,
            sans_fenetre,
        } => demo::run(folder, sans_fenetre, &who),
        Command::Nouveau {
            folder,
            collectivite,
        } => new::run(&folder, &collectivite, &who),
        Command::Lister {
            genre,
            folder,
            a_confirmer,
            output,
        } => list::run(
            genre,
            a_confirmer,
            &Place::open(&folder, &who)?,
            output.json,
        ),
        Command::Montrer { folder, id, output } => {
            show::run(&id, &Place::open(&folder, &who)?, output.json)
        }
        Command::Verifier {
            folder,
            convention,
            output,
        } => verify::run(
            convention.as_deref(),
            &Place::open(&folder, &who)?,
            output.json,
        ),
        Command::Exporter { what } => match what {
            Export::Pdf {
                folder,
                id,
                tous: _,
                output,
                shape,
                remplacer,
            } => export::pdf(&folder, &who, id.as_deref(), &output, shape, remplacer),
            Export::Texte {
                folder,
                id,
                output,
                shape,
                remplacer,
            } => export::text(&Place::open(&folder, &who)?, &id, &output, shape, remplacer),
            Export::Note {
                folder,
                reasons,
                output,
                remplacer,
            } => export::note(&Place::open(&folder, &who)?, &reasons, &output, remplacer),
            Export::Budget {
                folder,
                id,
                output,
                remplacer,
            } => export::budget(&Place::open(&folder, &who)?, &id, &output, remplacer),
            Export::Agenda {
                folder,
                output,
                remplacer,
            } => sheets::agenda(&Place::open(&folder, &who)?, &output, remplacer),
            Export::Fiche(sheet) => sheets::checks(&Place::open(&sheet.folder, &who)?, &sheet),
            Export::Comparaison { sheet, depuis } => {
                let place = Place::open(&sheet.folder, &who)?;
                sheets::comparison(&place, &sheet, depuis.as_deref())
            }
        },
        Command::Importer { what } => match what {
            Import::Partenaires(table) => import_table::partners(&table, &who),
            Import::Conventions {
                table,
                creer_partenaires,
                devise,
            } => import_table::conventions(&table, creer_partenaires, devise.as_deref(), &who),
            Import::Budget {
                table,
                devise,
                annee,
            } => import_table::budget(&table, devise.as_deref(), annee, &who),
            Import::Realisations { table, confirmer } => {
                import_table::done(&table, confirmer, &who)
            }
            Import::Convention {
                folder,
                file,
                simuler,
                output,
            } => import::convention(&folder, &who, &file, simuler, output.json),
        },
        Command::NouvelleConvention(wanted) => new_convention::run(&wanted, &who),
        Command::Sauvegarder { folder, vers } => backup::make(&folder, vers.as_deref(), &who),
        Command::Restaurer { folder, backup } => backup::restore(&folder, &backup, &who),
    }
}

/// A workspace opened, with what is known and the day.
struct Place {
    opened: Opened,
    reference: &'static Reference,
    today: NaiveDate,
}

impl Place {
    fn open(folder: &Path, who: &Who) -> Result<Self, Failure> {
        Self::open_as(Wish::Read, folder, who)
    }

    fn open_as(wish: Wish, folder: &Path, who: &Who) -> Result<Self, Failure> {
        let mut opened = Workspace::open(folder, wish, who)?;
        let (files, damaged) = opened.workspace.corrections();
        opened.report.damaged.extend(damaged);
        let reference = if files.is_empty() {
            Reference::shipped()
        } else {
            let (reference, refused) = Reference::corrected(files);
            for error in refused {
                say(&error.to_string());
            }
            // One a process, until its end.
            Box::leak(Box::new(reference))
        };

        // The demonstration lives on its own day, so that it always says the same.
        let today = if opened.workspace.id() == demonstration::ID {
            demonstration::TODAY
        } else {
            who.today()
        };
        Ok(Self {
            opened,
            reference,
            today,
        })
    }
}
