//! The sample as a file to look at: `PASSERELLE_LOOK=/tmp cargo test --lib typeset::tests::look -- --ignored`.

use std::path::PathBuf;

use super::sample;
use crate::pdf;
use crate::typeset::{Fonts, Paragraphs, lay_out};

#[test]
#[ignore = "writes the sample as a PDF in the folder $PASSERELLE_LOOK"]
fn write_the_sample_to_be_looked_at() {
    let folder = std::env::var_os("PASSERELLE_LOOK").expect("PASSERELLE_LOOK names a folder");
    let pages = lay_out(
        &sample::convention(),
        &Fonts::shipped(),
        &mut Paragraphs::default(),
    );
    let bytes = pdf::write(&pages).expect("the sample conforms");
    std::fs::write(PathBuf::from(folder).join("convention.pdf"), bytes).unwrap();
}
