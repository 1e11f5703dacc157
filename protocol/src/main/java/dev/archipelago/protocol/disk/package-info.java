/**
 * Files that outlast whatever ends the process.
 *
 * <p>Entry point: {@link dev.archipelago.protocol.disk.DurableFiles}. Knows no other package of the
 * product: a file is a name and bytes.
 */
@NullMarked
package dev.archipelago.protocol.disk;

import org.jspecify.annotations.NullMarked;
