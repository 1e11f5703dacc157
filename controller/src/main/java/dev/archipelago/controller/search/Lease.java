package dev.archipelago.controller.search;

import dev.archipelago.protocol.trial.WorkerId;

/** Who works on which attempt of a trial. Its deadline is not part of it: clocks are not facts. */
public record Lease(int attempt, WorkerId worker) {}
