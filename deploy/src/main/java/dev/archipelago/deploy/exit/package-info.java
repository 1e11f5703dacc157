/**
 * How a command ends: exit codes, and the exceptions that carry one together with a text for the
 * user.
 *
 * <p>Entry point: {@link dev.archipelago.deploy.exit.CommandException}. Knows the JDK only.
 */
@NullMarked
package dev.archipelago.deploy.exit;

import org.jspecify.annotations.NullMarked;
