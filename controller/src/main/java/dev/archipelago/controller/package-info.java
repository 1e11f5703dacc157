/**
 * The controller's process: everything below, put together.
 *
 * <p>Entry point: {@link dev.archipelago.controller.ControllerProcess}.
 */
@NullMarked
package dev.archipelago.controller;

import org.jspecify.annotations.NullMarked;
