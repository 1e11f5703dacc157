/**
 * Where log lines go: a file in the data directory, and standard error from a level on that depends
 * on the role.
 *
 * <p>Entry point: {@link dev.archipelago.deploy.logging.Logs}. The only package that knows Logback.
 */
@NullMarked
package dev.archipelago.deploy.logging;

import org.jspecify.annotations.NullMarked;
