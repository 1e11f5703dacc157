/**
 * A program of the user's as a child process: its output line by line in bounded memory, its end in
 * time, and nothing left running.
 *
 * <p>Entry point: {@link dev.archipelago.worker.program.UserProgram}. Knows no other package of the
 * product but {@code measure}: what the lines mean is {@code worker.evaluate}'s.
 */
@NullMarked
package dev.archipelago.worker.program;

import org.jspecify.annotations.NullMarked;
