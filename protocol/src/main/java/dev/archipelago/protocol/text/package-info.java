/** Words that people type. May use the JDK only. */
@NullMarked
package dev.archipelago.protocol.text;

import org.jspecify.annotations.NullMarked;
