/**
 * What can be searched, and what a candidate is: decisions, architectures, and the network plan
 * that every engine compiles.
 *
 * <p>Entry point: {@link dev.archipelago.protocol.space.SearchSpace}. May use the JDK and {@code
 * protocol.random} only.
 */
@NullMarked
package dev.archipelago.protocol.space;

import org.jspecify.annotations.NullMarked;
