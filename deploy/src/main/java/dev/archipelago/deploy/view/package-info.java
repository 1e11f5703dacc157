/**
 * What people see: tables, the view of a running search, the summary at its end.
 *
 * <p>Entry points: {@link dev.archipelago.deploy.view.Follower} follows a search through a {@link
 * dev.archipelago.deploy.view.Reporter}. Everything that makes text is a pure function of the API's
 * documents. May use {@code deploy.client} and {@code deploy.exit}.
 */
@NullMarked
package dev.archipelago.deploy.view;

import org.jspecify.annotations.NullMarked;
