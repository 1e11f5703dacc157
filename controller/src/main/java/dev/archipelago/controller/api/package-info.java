/**
 * The HTTP API: what people and their programs ask of a controller.
 *
 * <p>Entry point: {@link dev.archipelago.controller.api.HttpApi}. Answers come from the searches
 * and the pool; nothing is decided here.
 */
@NullMarked
package dev.archipelago.controller.api;

import org.jspecify.annotations.NullMarked;
