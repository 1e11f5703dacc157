/**
 * Whether this machine can do the work.
 *
 * <p>Entry point: {@link dev.archipelago.deploy.doctor.Doctor}. May use the worker's engine and
 * data.
 */
@NullMarked
package dev.archipelago.deploy.doctor;

import org.jspecify.annotations.NullMarked;
