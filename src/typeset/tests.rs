//! What a reader of the pages would notice.
