/**
 * The cluster in a box: a controller in this process, workers as child processes, and one owner of
 * a data directory at a time.
 *
 * <p>Entry points: {@link dev.archipelago.deploy.embedded.Tenancy} says whether this process may
 * run a controller on a data directory or another already does; {@link
 * dev.archipelago.deploy.embedded.EmbeddedCluster} runs it. Knows the controller only through
 * {@link dev.archipelago.deploy.embedded.RunningController}.
 */
@NullMarked
package dev.archipelago.deploy.embedded;

import org.jspecify.annotations.NullMarked;
