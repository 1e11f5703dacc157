/**
 * What is on disk: commits and snapshots as protobuf, the tables, the table of searches.
 *
 * <p>Entry points: {@link dev.archipelago.controller.journal.JournalMessages} for the bytes, {@link
 * dev.archipelago.controller.journal.JdbcStore} for the database. May use {@code protocol} and
 * {@code controller.search}.
 */
@NullMarked
package dev.archipelago.controller.journal;

import org.jspecify.annotations.NullMarked;
