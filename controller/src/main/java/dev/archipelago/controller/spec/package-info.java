/**
 * The search spec: read once, at the edge, into records with every default written out.
 *
 * <p>Entry point: {@link dev.archipelago.controller.spec.SpecParser}. May use {@code protocol} and
 * the strategies' settings; past this package nobody reads a string key.
 */
@NullMarked
package dev.archipelago.controller.spec;

import org.jspecify.annotations.NullMarked;
