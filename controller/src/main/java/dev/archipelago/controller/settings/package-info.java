/**
 * What a spec says about one part of a search, as that part's kind reads it.
 *
 * <p>Entry point: {@link dev.archipelago.controller.settings.Settings}. Knows nobody.
 */
@NullMarked
package dev.archipelago.controller.settings;

import org.jspecify.annotations.NullMarked;
