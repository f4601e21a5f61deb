//! HTML in, safe and readable HTML out; a page in, its article out
