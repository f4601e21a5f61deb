//! A reader's world: identities, filters, schedules and search, without any input or output
