//! What one may type (`cli.md`), in French, wrong use included.

use crate::model::quoted;
use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use super::Failure;
use crate::document::{Paper, State};

/// How help is laid out, in French.
const HELP: &str = "{about}\n\nUsage\u{a0}: {usage}\n\n{all-args}";

/// The command line.
#[derive(Debug, Parser)]
#[command(
    name = "passerelle",
    version,
    about = "Conventions, partenaires et budgets de l’action extérieure des collectivités",
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    override_usage = "passerelle [DOSSIER]\n       passerelle COMMANDE …",
    args_conflicts_with_subcommands = true
)]
pub(super) struct Arguments {
    /// L’espace de travail à ouvrir ; sans lui, le dernier, ou l’accueil
    #[arg(value_name = "DOSSIER")]
    pub(super) workspace: Option<PathBuf>,
    /// Affiche cette aide
    #[arg(short = 'h', long = "help", visible_alias = "aide", action = ArgAction::Help, global = true)]
    help: Option<bool>,
    /// Affiche la version
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Crée l’espace de démonstration, exporte ses conventions en PDF, puis ouvre la fenêtre
    Demo {
        /// Où ; sans lui, « Passerelle – démonstration » dans Documents
        #[arg(value_name = "DOSSIER")]
        folder: Option<PathBuf>,
        /// S’arrête après les PDF
        #[arg(long)]
        sans_fenetre: bool,
    },
    /// Crée un espace de travail vide
    Nouveau {
        /// L’espace de travail
        #[arg(value_name = "DOSSIER")]
        folder: PathBuf,
        /// Le nom de la collectivité
        #[arg(long, value_name = "NOM")]
        collectivite: String,
    },
    /// Liste les fiches d’un genre
    Lister {
        /// partenaires, contacts, conventions, budgets, textes, termes ou organismes
        #[arg(value_name = "GENRE", hide_possible_values = true)]
        genre: Genre,
        /// L’espace de travail
        #[arg(value_name = "DOSSIER")]
        folder: PathBuf,
        /// Ne garde que ce qui reste à confirmer : textes, termes, organismes
        #[arg(long)]
        a_confirmer: bool,
        #[command(flatten)]
        output: Output,
    },
    /// Montre une fiche entière
    Montrer {
        /// L’espace de travail
        #[arg(value_name = "DOSSIER")]
        folder: PathBuf,
        /// L’identifiant, son début ou sa fin, ou le nom exact
        #[arg(value_name = "ID")]
        id: String,
        #[command(flatten)]
        output: Output,
    },
    /// Vérifie les fichiers et les points à vérifier ; code 1 si l’un d’eux bloque
    Verifier {
        /// L’espace de travail
        #[arg(value_name = "DOSSIER")]
        folder: PathBuf,
        /// Une seule convention
        #[arg(long, value_name = "ID")]
        convention: Option<String>,
        #[command(flatten)]
        output: Output,
    },
    /// Exporte une convention ou un budget
    Exporter {
        #[command(subcommand)]
        what: Export,
    },
    /// Importe ce que d’autres ont exporté
    Importer {
        #[command(subcommand)]
        what: Import,
    },
    /// Rédige une première version d’une convention à partir des clauses de son genre
    NouvelleConvention(NewConvention),
    /// Sauvegarde les fiches dans une archive
    Sauvegarder {
        /// L’espace de travail
        #[arg(value_name = "DOSSIER")]
        folder: PathBuf,
        /// Un deuxième emplacement (partage, clé), retenu pour les fois suivantes
        #[arg(long, value_name = "DOSSIER")]
        vers: Option<PathBuf>,
    },
    /// Remet les fiches d’une sauvegarde, après avoir archivé les présentes
    Restaurer {
        /// L’espace de travail
        #[arg(value_name = "DOSSIER")]
        folder: PathBuf,
        /// L’archive
        #[arg(value_name = "SAUVEGARDE")]
        backup: PathBuf,
    },
}

/// What is known of a convention to be drafted.
#[derive(Debug, Args)]
pub(super) struct NewConvention {
    /// L’espace de travail
    #[arg(value_name = "DOSSIER")]
    pub(super) folder: PathBuf,
    /// cooperation, framework, annual, twinning, friendship, intent, grant, twinning-committee, multiparty, amendment
    /// ou emergency, ou leur nom français
    #[arg(long, value_name = "GENRE")]
    pub(super) genre: String,
    /// Une partie, autre que la collectivité : identifiant ou nom exact ; à répéter
    #[arg(
        long = "partenaire",
        value_name = "NOM",
        required_unless_present = "rattachee_a"
    )]
    pub(super) partners: Vec<String>,
    /// Un thème, par son nom ou son identifiant ; à répéter
    #[arg(long = "theme", value_name = "THEME")]
    pub(super) themes: Vec<String>,
    /// Un dispositif « 1 % » mobilisé : eau, energie, dechets ou mobilite ; à répéter
    #[arg(long = "dispositif", value_name = "DISPOSITIF")]
    pub(super) schemes: Vec<String>,
    /// Une clause du service à mettre dans le projet : identifiant ou titre exact ; à répéter
    #[arg(long = "clause", value_name = "TITRE")]
    pub(super) clauses: Vec<String>,
    /// La convention exécutée, modifiée ou renouvelée
    #[arg(long, value_name = "ID")]
    pub(super) rattachee_a: Option<String>,
    /// Une langue de plus que le français : pt, en, es… ; à répéter
    #[arg(long = "langue", value_name = "LANGUE")]
    pub(super) languages: Vec<String>,
    /// Le premier jour du programme, AAAA-MM-JJ
    #[arg(long, value_name = "DATE")]
    pub(super) debut: Option<chrono::NaiveDate>,
    /// Le dernier
    #[arg(long, value_name = "DATE")]
    pub(super) fin: Option<chrono::NaiveDate>,
    /// N’engage pas d’argent
    #[arg(long)]
    pub(super) sans_argent: bool,
    #[command(flatten)]
    pub(super) output: Output,
}

#[derive(Debug, Subcommand)]
pub(super) enum Export {
    /// En PDF
    Pdf {
        /// L’espace de travail
        #[arg(value_name = "DOSSIER")]
        folder: PathBuf,
        /// La convention ; ou bien --tous
        #[arg(
            value_name = "ID",
            required_unless_present = "tous",
            conflicts_with = "tous"
        )]
        id: Option<String>,
        /// Toutes les conventions, dans le dossier que dit -o
        #[arg(long)]
        tous: bool,
        /// Le fichier à écrire
        #[arg(short, long, value_name = "FICHIER")]
        output: PathBuf,
        #[command(flatten)]
        shape: Shape,
        /// Remplace ce qui s’y trouve
        #[arg(long)]
        remplacer: bool,
    },
    /// En texte, tel que le PDF le porte, ou pour Word (.docx)
    Texte {
        /// L’espace de travail
        #[arg(value_name = "DOSSIER")]
        folder: PathBuf,
        #[arg(value_name = "ID")]
        id: String,
        /// Le fichier à écrire
        #[arg(short, long, value_name = "FICHIER")]
        output: PathBuf,
        #[command(flatten)]
        shape: Shape,
        /// Remplace ce qui s’y trouve
        #[arg(long)]
        remplacer: bool,
    },
    /// La note d’opportunité, en PDF : pourquoi agir, par les raisons choisies
    Note {
        /// L’espace de travail
        #[arg(value_name = "DOSSIER")]
        folder: PathBuf,
        /// Une raison, par son identifiant ; à répéter ; les huit sinon
        #[arg(long = "raison", value_name = "RAISON")]
        reasons: Vec<String>,
        /// Le fichier à écrire
        #[arg(short, long, value_name = "FICHIER")]
        output: PathBuf,
        /// Remplace ce qui s’y trouve
        #[arg(long)]
        remplacer: bool,
    },
    /// Un budget : .csv, .xlsx ou .pdf (fiche budget) selon le nom du fichier
    Budget {
        /// L’espace de travail
        #[arg(value_name = "DOSSIER")]
        folder: PathBuf,
        /// Le budget
        #[arg(value_name = "ID")]
        id: String,
        /// Le fichier à écrire
        #[arg(short, long, value_name = "FICHIER")]
        output: PathBuf,
        /// Remplace ce qui s’y trouve
        #[arg(long)]
        remplacer: bool,
    },
    /// Les échéances, en iCalendar
    Agenda {
        /// L’espace de travail
        #[arg(value_name = "DOSSIER")]
        folder: PathBuf,
        /// Le fichier à écrire
        #[arg(short, long, value_name = "FICHIER")]
        output: PathBuf,
        /// Remplace ce qui s’y trouve
        #[arg(long)]
        remplacer: bool,
    },
    /// La fiche de vérification d’une convention, en PDF
    Fiche(Sheet),
    /// Ce qui a changé depuis une version gardée, en PDF
    Comparaison {
        #[command(flatten)]
        sheet: Sheet,
        /// La version de départ, par son identifiant ; sans elle, la dernière gardée
        #[arg(long, value_name = "ID")]
        depuis: Option<String>,
    },
}

/// A sheet of ours about a convention, written as a PDF.
#[derive(Debug, Args)]
pub(super) struct Sheet {
    /// L’espace de travail
    #[arg(value_name = "DOSSIER")]
    pub(super) folder: PathBuf,
    /// La convention : identifiant, son début ou sa fin, ou titre exact
    #[arg(value_name = "ID")]
    pub(super) id: String,
    /// Le fichier à écrire
    #[arg(short, long, value_name = "FICHIER")]
    pub(super) output: PathBuf,
    /// Remplace ce qui s’y trouve
    #[arg(long)]
    pub(super) remplacer: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Import {
    /// Des partenaires, un par ligne d’un tableau
    Partenaires(TableImport),
    /// Des conventions signées ailleurs, une par ligne d’un tableau
    Conventions {
        #[command(flatten)]
        table: TableImport,
        /// Crée les partenaires nommés qui n’existent pas encore
        #[arg(long)]
        creer_partenaires: bool,
        /// La monnaie des montants qui ne la disent pas, ou qui peuvent être en plusieurs : XOF, TND…
        #[arg(long, value_name = "CODE")]
        devise: Option<String>,
    },
    /// Un budget, tel que « exporter budget » l’écrit ou qu’un autre tableur le tient
    Budget {
        #[command(flatten)]
        table: BudgetImport,
        /// La monnaie d’un nouveau budget dont les montants ne la disent pas, ou peuvent être en plusieurs : XOF, TND…
        #[arg(long, value_name = "CODE")]
        devise: Option<String>,
        /// L’année des montants que le tableau ne date pas
        #[arg(long, value_name = "ANNÉE")]
        annee: Option<i32>,
    },
    /// Les engagements et mandats des finances, rapprochés des budgets par leur numéro
    Realisations {
        #[command(flatten)]
        table: BudgetImport,
        /// Accepte aussi les rapprochements par montant et par tiers
        #[arg(long)]
        confirmer: bool,
    },
    /// Une convention, des données que porte son PDF
    Convention {
        /// L’espace de travail
        #[arg(value_name = "DOSSIER")]
        folder: PathBuf,
        /// Le PDF
        #[arg(value_name = "FICHIER")]
        file: PathBuf,
        /// Dit ce qui changerait, et n’écrit rien
        #[arg(long)]
        simuler: bool,
        #[command(flatten)]
        output: Output,
    },
}

/// A table that is imported.
#[derive(Debug, Args)]
pub(super) struct TableImport {
    /// L’espace de travail
    #[arg(value_name = "DOSSIER")]
    pub(super) folder: PathBuf,
    /// Le tableau : .csv, .tsv, .xlsx, .xls ou .ods
    #[arg(value_name = "FICHIER")]
    pub(super) file: PathBuf,
    #[command(flatten)]
    pub(super) how: HowImported,
}

/// A table that is imported into a budget, or into those that there are.
#[derive(Debug, Args)]
pub(super) struct BudgetImport {
    /// L’espace de travail
    #[arg(value_name = "DOSSIER")]
    pub(super) folder: PathBuf,
    /// Le budget, s’il est connu, puis le tableau
    #[arg(value_name = "ID FICHIER", num_args = 1..=2, required = true)]
    pub(super) what: Vec<OsString>,
    #[command(flatten)]
    pub(super) how: HowImported,
}

/// How a table is imported.
#[derive(Debug, Args)]
pub(super) struct HowImported {
    /// Dit ce qui changerait, et n’écrit rien
    #[arg(long)]
    pub(super) simuler: bool,
    /// Écrit les lignes refusées et leurs motifs dans ce fichier CSV
    #[arg(long, value_name = "FICHIER")]
    pub(super) refus: Option<PathBuf>,
    #[command(flatten)]
    pub(super) output: Output,
}

#[derive(Debug, Args)]
pub(super) struct Output {
    /// Écrit le résultat en JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Shape {
    /// travail, vote, signature ou publication ; sans lui, l’état qui convient à l’étape de la convention
    #[arg(long, value_name = "ÉTAT", hide_possible_values = true)]
    pub(super) etat: Option<Etat>,
    /// Synonyme de --etat signature
    #[arg(long, conflicts_with = "etat")]
    pub(super) definitif: bool,
    /// Une seule langue ; avec --colonnes, celle de droite
    #[arg(long, value_name = "LANGUE")]
    pub(super) langue: Option<String>,
    /// Deux langues en regard, article par article
    #[arg(long)]
    pub(super) colonnes: bool,
    /// L’exemplaire de cette partie, nommée la première ; sa clé, comme « porto-novo »
    #[arg(long, value_name = "PARTIE")]
    pub(super) exemplaire: Option<String>,
    /// a4 (par défaut) ou letter
    #[arg(
        long,
        value_name = "PAPIER",
        default_value = "a4",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub(super) papier: Papier,
    /// Numérote les lignes dans la marge, de cinq en cinq
    #[arg(long)]
    pub(super) lignes: bool,
    /// Laisse les annexes de côté
    #[arg(long)]
    pub(super) sans_annexes: bool,
    /// Joint au PDF ce qu’il imprime, en JSON (PDF/A-3a)
    #[arg(long)]
    pub(super) donnees: bool,
    /// À la signature, accepte qu’un cadre tienne la place d’un caractère sans dessin
    #[arg(long)]
    pub(super) cadres: bool,
    /// À la signature, accepte que des blancs restent à remplir à la main
    #[arg(long)]
    pub(super) blancs: bool,
}

/// The sheets of paper.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Papier {
    A4,
    Letter,
}

impl From<Papier> for Paper {
    fn from(paper: Papier) -> Self {
        match paper {
            Papier::A4 => Self::A4,
            Papier::Letter => Self::Letter,
        }
    }
}

/// What is listed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Genre {
    Partenaires,
    Contacts,
    Conventions,
    Budgets,
    Textes,
    Termes,
    Organismes,
}

/// The states in which a convention leaves.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Etat {
    Travail,
    Vote,
    Signature,
    Publication,
}

impl From<Etat> for State {
    fn from(etat: Etat) -> Self {
        match etat {
            Etat::Travail => Self::Working,
            Etat::Vote => Self::Vote,
            Etat::Signature => Self::Signature,
            Etat::Publication => Self::Publication,
        }
    }
}

/// What was typed, or what to print instead of running.
pub(super) enum Typed {
    Arguments(Arguments),
    /// Help or version.
    Answer(String),
    Wrong(Failure),
}

pub(super) fn read(arguments: impl IntoIterator<Item = OsString>) -> Typed {
    let read = in_french_throughout(Arguments::command())
        .try_get_matches_from(arguments)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    let error = match read {
        Ok(arguments) => return wanted(arguments),
        Err(error) => error,
    };
    match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Typed::Answer(error.render().to_string())
        }
        _ => Typed::Wrong(Failure::usage(in_french(&error))),
    }
}

/// A command whose help is laid out in French, as is that of every command within it: clap hands nothing down.
fn in_french_throughout(command: clap::Command) -> clap::Command {
    let within: Vec<String> = command
        .get_subcommands()
        .map(|it| it.get_name().to_owned())
        .collect();
    let command = command
        .help_template(HELP)
        .subcommand_help_heading("Commandes")
        .subcommand_value_name("COMMANDE");
    within.into_iter().fold(command, |command, name| {
        command.mut_subcommand(name, in_french_throughout)
    })
}

/// A word that is no command and names no folder is a command mistyped.
fn wanted(arguments: Arguments) -> Typed {
    let mistyped = arguments.workspace.as_ref().filter(|path| {
        !path.exists() && path.components().count() == 1 && path.extension().is_none()
    });
    match mistyped {
        Some(word) => Typed::Wrong(Failure::usage(format!(
            "{} n’est ni une commande ni un dossier.",
            quoted(&word.display().to_string())
        ))),
        None => Typed::Arguments(arguments),
    }
}

fn in_french(error: &clap::Error) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(all)) => all.join(", "),
        _ => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);

    match error.kind() {
        ErrorKind::InvalidSubcommand | ErrorKind::MissingSubcommand => format!(
            "{} n’est pas une commande.",
            quoted(&context(ContextKind::InvalidSubcommand))
        ),
        ErrorKind::InvalidValue => format!(
            "{} ne convient pas pour {argument}. Valeurs possibles\u{a0}: {}.",
            quoted(&context(ContextKind::InvalidValue)),
            context(ContextKind::ValidValue)
        ),
        ErrorKind::MissingRequiredArgument => format!("Il manque\u{a0}: {argument}."),
        ErrorKind::UnknownArgument => format!("{} n’est pas attendu ici.", quoted(&argument)),
        ErrorKind::ArgumentConflict => {
            format!(
                "{argument} et {} ne vont pas ensemble.",
                context(ContextKind::PriorArg)
            )
        }
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{argument} n’a pas le nombre de valeurs attendu.")
        }
        _ => "La commande n’est pas comprise.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn helps(command: &mut clap::Command, all: &mut Vec<String>) {
        all.push(command.render_help().to_string());
        for within in command.get_subcommands_mut() {
            helps(within, all);
        }
    }

    #[test]
    fn the_help_of_every_command_is_in_french() {
        let mut all = Vec::new();
        helps(&mut in_french_throughout(Arguments::command()), &mut all);
        assert!(all.len() > 12, "{}", all.len());
        for help in all {
            assert!(help.contains("Usage\u{a0}:"), "{help}");
            for foreign in ["Usage:", "Commands:", "<COMMAND>", "Print "] {
                assert!(!help.contains(foreign), "{help}");
            }
        }
    }
}
