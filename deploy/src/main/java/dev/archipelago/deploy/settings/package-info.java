/**
 * The configuration of the roles: HOCON, environment variables and flags, read once into records.
 *
 * <p>Entry points: {@link dev.archipelago.deploy.settings.ControllerConfig} and {@link
 * dev.archipelago.deploy.settings.WorkerConfig}. Past this package nobody reads a string key. May
 * use {@code deploy.exit}, Typesafe Config, and of the worker where its weights can be.
 */
@NullMarked
package dev.archipelago.deploy.settings;

import org.jspecify.annotations.NullMarked;
