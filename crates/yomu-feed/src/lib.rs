//! Bytes in, feed and problems out: RSS, RDF, Atom, JSON Feed, OPML and feed discovery
