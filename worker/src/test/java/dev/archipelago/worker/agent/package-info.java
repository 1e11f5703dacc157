/** Tests of the agent: against a fake controller by manual time, and once over a real network. */
@NullMarked
package dev.archipelago.worker.agent;

import org.jspecify.annotations.NullMarked;
