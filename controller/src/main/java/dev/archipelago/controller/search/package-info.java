/**
 * One search: its facts, the state they fold to, what to do next, and the actor that keeps them.
 *
 * <p>Read in this order: {@link dev.archipelago.controller.search.Fact} (what can have happened),
 * {@link dev.archipelago.controller.search.Search} (the pure fold of the facts), {@link
 * dev.archipelago.controller.search.Planner} (the pure decision what to do next), {@link
 * dev.archipelago.controller.search.SearchEntity} (the actor that persists facts before anybody
 * acts on them). May use {@code protocol}, {@code controller.spec} and {@code controller.strategy}.
 */
@NullMarked
package dev.archipelago.controller.search;

import org.jspecify.annotations.NullMarked;
