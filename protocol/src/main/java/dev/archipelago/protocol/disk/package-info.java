/**
 * Files that outlast whatever ends the process.
 *
 * <p>Entry points: {@link dev.archipelago.protocol.disk.DurableFiles}, and {@link
 * dev.archipelago.protocol.disk.FileTree} for what need not outlast it. Knows no other package of
 * the product: a file is a name and bytes.
 */
@NullMarked
package dev.archipelago.protocol.disk;

import org.jspecify.annotations.NullMarked;
