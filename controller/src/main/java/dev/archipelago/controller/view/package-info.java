/**
 * How searches are shown: JSON documents made from a search's state.
 *
 * <p>Entry point: {@link dev.archipelago.controller.view.SearchDocuments}.
 */
@NullMarked
package dev.archipelago.controller.view;

import org.jspecify.annotations.NullMarked;
