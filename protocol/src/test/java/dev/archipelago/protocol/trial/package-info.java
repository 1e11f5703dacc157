/** Tests of what trials are worth and how they live. */
@NullMarked
package dev.archipelago.protocol.trial;

import org.jspecify.annotations.NullMarked;
