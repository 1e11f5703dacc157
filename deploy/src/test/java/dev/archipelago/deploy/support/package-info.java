/**
 * What several tests of this module stand on: fakes, sample documents, the program as a process.
 */
@NullMarked
package dev.archipelago.deploy.support;

import org.jspecify.annotations.NullMarked;
