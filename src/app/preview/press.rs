//! Pages made away from the window's thread: composed, laid out, painted.
//!
//! A [`Press`] is shared by whoever shows pages. It keeps the fonts, the paragraphs already set and the glyphs already
//! painted, so that after an edit only what changed is made again.

use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use iced::advanced::image::Handle;

use crate::app::outside::Cabinet;
use crate::document::{self, Composition};
use crate::export::{self, Logos};
use crate::model::{Id, Records};
use crate::paint::{self, Glyphs};
use crate::reference::Reference;
use crate::typeset::pages::Pages;
use crate::typeset::{self, Fonts, Paragraphs};

/// See the module. Clones are the same press.
#[derive(Clone, Default)]
pub struct Press(Arc<Mutex<Option<Kit>>>);

/// What is kept from one order to the next.
struct Kit {
    fonts: Fonts,
    paragraphs: Paragraphs,
    glyphs: Glyphs,
    logos: Logos,
}

/// A convention to be set.
#[derive(Clone)]
pub struct Order {
    /// Which.
    pub convention: Id,
    /// Everything that its text reads.
    pub records: Records,
    /// What the application knows.
    pub reference: Arc<Reference>,
    /// How it is to be composed.
    pub composition: Composition,
    /// Where the logos of the parties are; they are left out when absent.
    pub logos: Option<Arc<dyn Cabinet>>,
}

/// What to make: pages where an order is given, then pictures of some of them.
#[derive(Clone)]
pub struct Job {
    /// What is to be set; the pages that are there when absent.
    pub order: Option<Order>,
    /// The pages that are there.
    pub pages: Option<Arc<Pages>>,
    /// Which pages to paint, from 0. Those that are as they were are not painted again when the order is new.
    pub paint: Vec<usize>,
    /// How many pixels wide.
    pub width: u32,
}

/// What was made.
#[derive(Debug, Clone)]
pub struct Printed {
    /// All the pages.
    pub pages: Arc<Pages>,
    /// Whether they were set for this job.
    pub set: bool,
    /// Pages whose earlier pictures no longer show them.
    pub changed: Vec<usize>,
    /// Pictures, with the number of their page.
    pub pictures: Vec<(usize, Picture)>,
}

/// A page painted.
#[derive(Debug, Clone)]
pub struct Picture {
    /// What the window draws.
    pub handle: Handle,
    /// In pixels of the screen.
    pub width: u32,
    /// In pixels of the screen.
    pub height: u32,
}

impl Press {
    /// Does a job. It blocks: call it from a task.
    ///
    /// # Errors
    /// When the convention is gone, or a fault of ours stops the composition; in a sentence.
    pub fn print(&self, job: &Job) -> Result<Printed, String> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kit = kept.take();

        // A fault must neither leave the preview waiting nor half a kit behind.
        let made = panic::catch_unwind(AssertUnwindSafe(|| {
            let mut kit = kit.unwrap_or_else(Kit::new);
            let printed = kit.print(job);
            (kit, printed)
        }));
        let Ok((kit, printed)) = made else {
            return Err(
                "Passerelle a rencontré un défaut en composant l’aperçu. Le texte n’y perd rien."
                    .to_owned(),
            );
        };
        *kept = Some(kit);
        printed
    }
}

impl Kit {
    fn new() -> Self {
        Self {
            fonts: Fonts::of_this_computer(),
            paragraphs: Paragraphs::default(),
            glyphs: Glyphs::new(),
            logos: Logos::default(),
        }
    }

    fn print(&mut self, job: &Job) -> Result<Printed, String> {
        let pages = match (&job.order, &job.pages) {
            (Some(order), _) => Arc::new(self.set(order)?),
            (None, Some(pages)) => Arc::clone(pages),
            (None, None) => return Err("Il n’y a rien à montrer.".to_owned()),
        };
        let changed = match (&job.order, &job.pages) {
            (Some(_), Some(before)) => changed(before, &pages),
            _ => Vec::new(),
        };
        let all_new = job.order.is_none() || job.pages.is_none();
        let pictures = job
            .paint
            .iter()
            .filter(|page| all_new || changed.contains(page))
            .filter_map(|page| Some((*page, self.paint(&pages, *page, job.width)?)))
            .collect();
        Ok(Printed {
            set: job.order.is_some(),
            pages,
            changed,
            pictures,
        })
    }

    fn set(&mut self, order: &Order) -> Result<Pages, String> {
        let convention = order
            .records
            .convention(order.convention)
            .ok_or("Cette convention n’existe plus.")?;
        let mut composition = order.composition.clone();
        if let Some(cabinet) = &order.logos {
            let read = |hash: &str| cabinet.bytes(hash);
            let (logos, _) = self.logos.of(
                order.convention,
                composition.copy_of.as_ref(),
                &order.records,
                &order.reference,
                &read,
            );
            composition.logos = logos;
        }
        let document =
            document::compose(convention, &order.records, &order.reference, &composition);
        Ok(typeset::lay_out(
            &document,
            &self.fonts,
            &mut self.paragraphs,
        ))
    }

    fn paint(&mut self, pages: &Pages, page: usize, width: u32) -> Option<Picture> {
        // A hundredth less, so that rounding up ends on the pixel asked for.
        let scale = (width as f32 - 0.01) / points(pages.width.0);
        let painted = paint::paint(pages, page, scale, &mut self.glyphs)?;
        Some(Picture {
            width: painted.width,
            height: painted.height,
            handle: Handle::from_rgba(painted.width, painted.height, painted.rgba),
        })
    }
}

/// How a convention leaves today when nothing else is asked: what the preview shows is the PDF.
pub fn usual_composition(id: Id, records: &Records, today: NaiveDate) -> Composition {
    let convention = records.convention(id);
    let state = convention.map(|convention| export::usual_state(convention, records, today));
    Composition {
        state: state.unwrap_or_default(),
        // A sealed text is of the day of its seal, whenever it is printed.
        dated: records
            .sealed(id)
            .map_or(today, |version| version.at.date_naive()),
        ..Composition::default()
    }
}

/// A length of pages, in points.
pub fn points(length: i64) -> f32 {
    (length as f64 / 65_536.0) as f32
}

/// The pages that do not look as they did.
fn changed(before: &Pages, now: &Pages) -> Vec<usize> {
    let same_ground = before.faces == now.faces
        && before.width == now.width
        && before.height == now.height
        && before.pictures.len() == now.pictures.len()
        && before
            .pictures
            .iter()
            .zip(&now.pictures)
            .all(|(one, other)| Arc::ptr_eq(one, other));
    let count = before.pages.len().max(now.pages.len());
    (0..count)
        .filter(|page| !same_ground || before.pages.get(*page) != now.pages.get(*page))
        .collect()
}
