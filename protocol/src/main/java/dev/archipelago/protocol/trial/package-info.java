/**
 * One candidate's evaluation: what is asked of a worker, what comes back, and what it is worth.
 *
 * <p>Entry points: {@link dev.archipelago.protocol.trial.Assignment} and {@link
 * dev.archipelago.protocol.trial.Outcome}. May use the JDK and {@code protocol.space}.
 */
@NullMarked
package dev.archipelago.protocol.trial;

import org.jspecify.annotations.NullMarked;
