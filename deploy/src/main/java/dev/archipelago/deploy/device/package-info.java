/**
 * Which devices this machine has, which of them the engines of this build can use, and why not the
 * others.
 *
 * <p>Entry point: {@link dev.archipelago.deploy.device.Devices}. May use {@code
 * worker.measure.gpu}, what an engine says of its build, and {@code deploy.exit}.
 */
@NullMarked
package dev.archipelago.deploy.device;

import org.jspecify.annotations.NullMarked;
