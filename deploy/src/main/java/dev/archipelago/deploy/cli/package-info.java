/**
 * The command line: one class a command, thin over the other packages of this module.
 *
 * <p>Entry point: {@link dev.archipelago.deploy.cli.Cli}. Nobody depends on this package but {@code
 * Main}.
 */
@NullMarked
package dev.archipelago.deploy.cli;

import org.jspecify.annotations.NullMarked;
