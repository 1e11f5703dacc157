/** The whole program: real processes, killed and started again. */
@NullMarked
package dev.archipelago.deploy.it;

import org.jspecify.annotations.NullMarked;
