/**
 * The kinds of search space that a spec can name, those of plug-ins among them.
 *
 * <p>Entry points: {@link dev.archipelago.controller.space.Spaces}, and for a space of one's own
 * {@link dev.archipelago.controller.space.SpaceKind}. Knows {@code protocol.space}, {@code
 * protocol.trial} and {@code settings} only.
 */
@NullMarked
package dev.archipelago.controller.space;

import org.jspecify.annotations.NullMarked;
