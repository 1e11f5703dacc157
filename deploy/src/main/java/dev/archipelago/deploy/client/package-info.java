/**
 * A client of the controller's HTTP API: the one way in which commands speak to a controller, be it
 * in another process, on another machine or in their own.
 *
 * <p>Entry point: {@link dev.archipelago.deploy.client.ApiClient}. The documents are records that
 * mirror the API's JSON; a component that the server may leave out is nullable. May use Jackson,
 * {@code deploy.exit} and {@code deploy.settings}.
 */
@NullMarked
package dev.archipelago.deploy.client;

import org.jspecify.annotations.NullMarked;
